"""What a channel makes of a post, and what a channel is asked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.storage import Subscription


@dataclass(frozen=True, slots=True)
class Posted:
    """It is in the channel, under this timestamp of Slack's."""

    ts: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The channel takes no post any more; `why` is a word such as is_archived."""

    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """It is not in the channel, and another try today would be in vain; `why` is a word."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It is surely not in the channel; the workspace wants to be left alone for a while."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may be in the channel: only the history can tell, once no request is under way."""


Outcome = Posted | Gone | Skip | Wait | Unsure


@dataclass(frozen=True, slots=True)
class Mark:
    """What a post is found again by: no two posts have the same."""

    subscription_id: str
    local_date: date


class Channels(Protocol):
    """Where posts go."""

    def post(self, subscription: Subscription, item: str, mark: Mark) -> Outcome:
        """Post an item, once: nothing is sent a second time."""

    def find(self, subscription: Subscription, mark: Mark, since: datetime) -> Outcome | None:
        """Return the post with a mark, or what hinders finding it; None if there surely is none."""

    def tell(self, subscription: Subscription, why: str) -> None:
        """Tell whoever made the subscription that it has been turned off."""
