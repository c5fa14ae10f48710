"""How many are asked at once: two, and of one host one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Condition
from typing import TypeVar

AT_ONCE = 2

J = TypeVar("J")
R = TypeVar("R")


class Turns:
    """Who may ask now. Threads wait here for others that ask the same host, or for a free place."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._asked: set[str] = set()
        self._changed = Condition()

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait until this host may be asked, and let nobody else ask it meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_free(host))
            self._asked.add(host)
        try:
            yield
        finally:
            with self._changed:
                self._asked.remove(host)
                self._changed.notify_all()

    def _is_free(self, host: str) -> bool:
        return host not in self._asked and len(self._asked) < self._at_once


def several(
    jobs: Iterable[J], host: Callable[[J], str], do: Callable[[J], R], at_once: int = AT_ONCE
) -> Iterator[R]:
    """Do many jobs on threads, of one host one at a time; yields what they return, as they end.

    What `do` raises is raised here, after the jobs under way have ended; so it is where the caller
    stops asking. Jobs of one host are done in their order.
    """
    waiting: dict[str, deque[J]] = {}
    for job in jobs:
        waiting.setdefault(host(job), deque()).append(job)
    running: dict[Future[R], str] = {}
    with ThreadPoolExecutor(at_once, thread_name_prefix="fetcher") as pool:
        while waiting or running:
            free = [name for name in waiting if name not in running.values()]
            for name in free[: at_once - len(running)]:
                running[pool.submit(do, waiting[name].popleft())] = name
                if not waiting[name]:
                    del waiting[name]
            for one in wait(running, return_when=FIRST_COMPLETED).done:
                del running[one]
                yield one.result()
