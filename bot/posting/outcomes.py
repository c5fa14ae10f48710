"""What a channel makes of a post, and what a channel is asked."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.storage.posting.claims import Scheduled


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
    """It is not in the channel, and another try would be in vain; `why` is a word."""

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
    """What a post is found again by: no two posts have the same.

    `which` tells it from the subscription's others: its local date, or its number.
    """

    subscription_id: str
    which: date | int


class Subscriber(Scheduled, Protocol):
    """A channel that gets posts: a subscription of any kind."""

    @property
    def team_id(self) -> str:
        """Return the workspace's."""

    @property
    def enterprise_id(self) -> str | None:
        """Return the organization's, if the workspace is in one."""

    @property
    def is_enterprise_install(self) -> bool:
        """Return whether the organization has installed the app as a whole."""

    @property
    def channel_id(self) -> str:
        """Return the channel's."""

    @property
    def made_by(self) -> str | None:
        """Return the id of the person who made it, None once they had themselves forgotten."""


_Subscriber_contra = TypeVar("_Subscriber_contra", bound=Subscriber, contravariant=True)


class Channels(Protocol[_Subscriber_contra]):
    """Where posts go."""

    def post(self, subscription: _Subscriber_contra, item: str, mark: Mark) -> Outcome:
        """Post an item, once: nothing is sent a second time."""

    def find(self, subscription: _Subscriber_contra, mark: Mark, since: datetime) -> Outcome | None:
        """Return the post with a mark, or what hinders finding it; None if there surely is none."""

    def tell(self, subscription: _Subscriber_contra, why: str) -> None:
        """Tell whoever made the subscription that it has been turned off."""
