"""A share of the workers for everybody: nobody's requests keep the others waiting."""

from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from contextvars import ContextVar, copy_context
from threading import Lock
from typing import Any

AT_ONCE = 2  # of one person's requests; what comes beside them waits for its turn

_Work = tuple[Callable[[], Any], Future[Any]]
_person: ContextVar[Hashable] = ContextVar("person", default=None)


def submit_for(person: Hashable) -> None:
    """Name whose work this thread submits from now on; None is nobody's, which waits for none."""
    _person.set(person)


class FairExecutor(Executor):
    """Runs work on another executor, at most `AT_ONCE` pieces of one person's at a time."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._running: dict[Hashable, int] = {}
        self._waiting: dict[Hashable, deque[_Work]] = {}
        self._lock = Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a call now, or when enough of the same person's calls have ended.

        It runs in the context of whoever submits it, so that its log lines say what they are about.
        """
        person, context = _person.get(), copy_context()
        if person is None:
            return self._executor.submit(context.run, fn, *args, **kwargs)
        future: Future[Any] = Future()
        work = (lambda: context.run(fn, *args, **kwargs), future)
        with self._lock:
            if self._running.get(person, 0) >= AT_ONCE:
                self._waiting.setdefault(person, deque()).append(work)
                return future
            self._running[person] = self._running.get(person, 0) + 1
        self._executor.submit(self._run, person, work)
        return future

    def keeps_waiting(self, person: Hashable) -> bool:
        """Return whether a person's next call would wait for as many others as run at a time."""
        with self._lock:
            return len(self._waiting.get(person, ())) >= AT_ONCE

    def _run(self, person: Hashable, work: _Work) -> None:
        call, future = work
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 (the future hands it on, as any executor's)
            future.set_exception(error)
        if following := self._next(person):
            try:
                self._executor.submit(self._run, person, following)
            except RuntimeError:  # the executor is closing: what was taken is still finished
                self._run(person, following)

    def _next(self, person: Hashable) -> _Work | None:
        """Return the person's next piece of work; without one, their place is free."""
        with self._lock:
            if queue := self._waiting.get(person):
                work = queue.popleft()
                if not queue:
                    del self._waiting[person]
                return work
            self._running[person] -= 1
            if not self._running[person]:
                del self._running[person]
            return None
