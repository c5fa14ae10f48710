"""Questions and turns of threads, written together a moment after they were answered."""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from typing import TypeVar

from bot.storage.asked.model import Asker, Question, ThreadTurn
from bot.storage.asked.questions import Questions
from bot.storage.asked.thread_turns import ThreadTurns
from bot.storage.database import StoreError

WRITTEN_EVERY = 0.5  # seconds

_Kept = TypeVar("_Kept", Question, ThreadTurn)

log = logging.getLogger(__name__)


class BatchWriter:
    """Writes what it is given every half second, on a thread of its own, and at the end.

    A transaction a question would cost more than its answer. What a killed process had not written
    yet is missing in the report; no answer depends on it. Nothing is kept while the database fails.
    """

    def __init__(self, questions: Questions, thread_turns: ThreadTurns) -> None:
        self._questions, self._thread_turns = questions, thread_turns
        self._waiting: list[tuple[Asker, Question | ThreadTurn]] = []
        self._lock, self._end = Lock(), Event()
        self._turn = Lock()  # one writes at a time, so that a flush waits for what is under way
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def add(self, asker: Asker, kept: Question | ThreadTurn) -> None:
        """Have a question or a turn written soon."""
        with self._lock:
            self._waiting.append((asker, kept))

    def flush(self) -> None:
        """Write what is waiting, once what is being written has been."""
        self._write()

    def close(self) -> None:
        """Write what is waiting, and end."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(WRITTEN_EVERY):
            self._write()
        self._write()

    def _write(self) -> None:
        with self._turn:
            with self._lock:
                waiting, self._waiting = self._waiting, []
            _keep(
                [(a, one) for a, one in waiting if isinstance(one, Question)],
                self._questions.add_all,
            )
            _keep(
                [(a, one) for a, one in waiting if isinstance(one, ThreadTurn)],
                self._thread_turns.add_all,
            )


def _keep(
    waiting: Sequence[tuple[Asker, _Kept]], add_all: Callable[[Sequence[tuple[Asker, _Kept]]], None]
) -> None:
    if not waiting:
        return
    try:
        add_all(waiting)
    except StoreError as error:
        log.warning("%d questions or turns are not kept: %s", len(waiting), error)
    except Exception:
        # The next ones are, by this thread.
        log.exception("%d questions or turns are not kept", len(waiting))
