"""Whether the bot has what it needs; asked often, looked up seldom, answered soon."""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from bot.errors import BotError

_FRESH = 1.0  # seconds for which a finding holds
_PATIENCE = 2.0  # seconds after which something that does not answer counts as missing

log = logging.getLogger(__name__)


class Readiness:
    """Runs checks by name, each of which raises BotError where what it is named for is missing.

    One look at a time, on a thread of its own: a database that hangs holds up nothing else.
    """

    def __init__(
        self,
        checks: Mapping[str, Callable[[], object]],
        impaired: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Take the checks, and what says why answers are less good than they could be."""
        self._looks = {name: _Look(name, check) for name, check in checks.items()}
        self.impaired = impaired

    def missing(self) -> list[str]:
        """Return the names of what is missing."""
        return [name for name, look in self._looks.items() if not look.found()]


class _Look:
    """One check; its last finding is kept while it is fresh."""

    def __init__(self, name: str, check: Callable[[], object]) -> None:
        self._name, self._check = name, check
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"ready-{name}")
        self._lock = Lock()
        self._last: Future[bool] | None = None
        self._began = 0.0

    def found(self) -> bool:
        with self._lock:
            stale = time.monotonic() - self._began >= _FRESH
            if self._last is None or (stale and self._last.done()):
                self._last, self._began = self._thread.submit(self._succeeds), time.monotonic()
            last = self._last
        try:
            return last.result(timeout=_PATIENCE)
        except TimeoutError:
            return False

    def _succeeds(self) -> bool:
        try:
            self._check()
        except BotError as error:
            log.warning("Not ready: %s: %s", self._name, error)
            return False
        return True
