"""A Slack that fails in every way that a post can fail, as often as it is told."""

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock
from types import MappingProxyType
from typing import Any

from bot.terminal import Call, RefusedError, Reply, StandIn

# How often each fault comes, as a share of all posts.
FAULTS: Mapping[str, float] = MappingProxyType(
    {
        "429": 0.03,
        "500, not taken": 0.03,
        "500, taken": 0.03,
        "cut, not taken": 0.03,
        "cut, taken": 0.03,
        "late, taken": 0.03,
    }
)
_READS = frozenset({"conversations.history", "conversations.replies"})
_HISTORY_FAILS = 0.05  # as a share of all looks at a channel's history, or at a thread
_RETRY_AFTER = 1  # seconds


class FaultySlack(StandIn):
    """A stand-in whose `chat.postMessage` fails at random; `met` counts how.

    Late means: taken after between one and three times `timeout` seconds, when whoever sent it has
    given up. Looking into the history fails at times, too.
    """

    def __init__(self, seed: int, timeout: float, faults: Mapping[str, float] = FAULTS) -> None:
        super().__init__()
        self.met = Counter[str]()
        self._timeout, self._faults = timeout, faults
        self._random = random.Random(seed)  # noqa: S311 (chance, no secret)
        self._lock = Lock()
        self._post: dict[str, Callable[[Call], Reply]] = {
            "429": lambda _call: _limited(),
            "500, not taken": lambda _call: _failed(),
            "500, taken": lambda call: self._take(call) and _failed(),
            "cut, not taken": lambda _call: _cut(),
            "cut, taken": lambda call: self._take(call) and _cut(),
            "late, taken": self._late,
            "taken": self._take,
        }

    @property
    def posted(self) -> dict[str, int]:
        """How many of the bot's messages each channel holds that has any."""
        ours = {
            channel: sum("bot_id" in one for one in list(place["messages"]))
            for channel, place in list(self.channels.items())
        }
        return {channel: many for channel, many in ours.items() if many}

    def answer(self, call: Call) -> Reply:
        """Serve a call, or fail."""
        if call.method == "chat.postMessage":
            fault = self._drawn()
            self._count(fault)
            return self._post[fault](call)
        if call.method in _READS:
            self._count("history")
            if self._chance() < _HISTORY_FAILS:
                self._count("history, 500")
                return _failed()
        return super().answer(call)

    def _take(self, call: Call) -> Reply:
        return super().answer(call)

    def _late(self, call: Call) -> Reply:
        time.sleep(self._timeout * (1 + 2 * self._chance()))
        return self._take(call)

    def _drawn(self) -> str:
        chance = self._chance()
        for fault, share in self._faults.items():
            chance -= share
            if chance < 0:
                return fault
        return "taken"

    def _chance(self) -> float:
        with self._lock:
            return self._random.random()

    def _count(self, what: str) -> None:
        with self._lock:
            self.met[what] += 1


def _limited() -> Reply:
    return RefusedError("ratelimited", status=429, Retry_After=str(_RETRY_AFTER)).reply


def _failed() -> Reply:
    return Reply({"ok": False, "error": "internal_error"}, 500)


def _cut() -> Any:
    """End the connection without a word; the server takes it for a client that hung up."""
    raise ConnectionAbortedError
