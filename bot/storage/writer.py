"""Questions written together, a moment after they were answered."""

import logging
from threading import Event, Lock, Thread

from bot.storage.database import StoreError
from bot.storage.model import Asker, Question
from bot.storage.questions import Questions

WRITTEN_EVERY = 0.5  # seconds

log = logging.getLogger(__name__)


class QuestionWriter:
    """Writes what it is given every half second, on a thread of its own, and at the end.

    A transaction a question would cost more than its answer. What a killed process had not written
    yet is missing in the report; no answer depends on it. Nothing is kept while the database fails.
    """

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self._waiting: list[tuple[Asker, Question]] = []
        self._lock, self._end = Lock(), Event()
        self._turn = Lock()  # one writes at a time, so that a flush waits for what is under way
        self._thread = Thread(target=self._run, name="questions", daemon=True)
        self._thread.start()

    def add(self, asker: Asker, question: Question) -> None:
        """Have a question written soon."""
        with self._lock:
            self._waiting.append((asker, question))

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
            if waiting:
                self._keep(waiting)

    def _keep(self, waiting: list[tuple[Asker, Question]]) -> None:
        try:
            self._questions.add_all(waiting)
        except StoreError as error:
            log.warning("%d questions are not kept: %s", len(waiting), error)
        except Exception:
            # The next ones are, by this thread.
            log.exception("%d questions are not kept", len(waiting))
