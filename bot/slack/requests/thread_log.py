"""What the bot knows of the threads it takes part in, without reading them from Slack."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.slack.requests.breaker import Breaker
from bot.storage import Asker, StoreError, ThreadTurn
from bot.storage.asked.thread_turns import ThreadTurns

log = logging.getLogger(__name__)


class Turns(Protocol):
    """Where turns are kept: the store itself, or its writer."""

    def add(self, asker: Asker, turn: ThreadTurn, /) -> None:
        """Keep a turn; raises StoreError where the database fails."""


class ThreadLog:
    """Keeps the latest turns of a thread; a database that is away never hinders an answer."""

    def __init__(self, kept: ThreadTurns, turns: Turns, breaker: Breaker) -> None:
        self._kept, self._turns, self._breaker = kept, turns, breaker

    def of_event(self, asker: Asker | None, event: Mapping[str, Any]) -> Sequence[ThreadTurn]:
        """Return what is kept of a message's thread, oldest first.

        Returns nothing if the bot takes no part in it, and if the database is away.
        """
        if asker is None or self._breaker.is_open:
            return ()
        try:
            return self._kept.of_thread(asker, event["channel"], event["thread_ts"])
        except StoreError as error:
            self._breaker.open()
            log.warning("A thread of %s is not looked up: %s", asker.team_id, error)
            return ()

    def record(self, asker: Asker | None, turn: ThreadTurn) -> None:
        """Keep a turn; of no known workspace none is kept."""
        if asker is None:
            return
        try:
            self._turns.add(asker, turn)
        except StoreError as error:
            log.warning("A turn in a thread of %s is not kept: %s", asker.team_id, error)
