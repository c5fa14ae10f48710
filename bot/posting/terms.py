"""The rules of posting, what is to be posted next, and until when nothing is to be done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

# How long a subscription rests that another process is just posting for.
PAUSE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of posting.

    `lease` is longer than a request to Slack can stay under way, and than clocks differ; no post is
    sent in its second half. What is overdue by more than `grace` is skipped.
    """

    lease: timedelta = timedelta(minutes=1)
    grace: timedelta = timedelta(hours=2)


class Planned(NamedTuple):
    """The post that comes next in a channel, and what it shows; nothing where `item` is empty.

    An item that was claimed before and is not among `known` is replaced by this one; None keeps it.
    """

    which: date | int
    item: str
    known: Collection[str] | None = None

    def kept(self, claimed: str) -> str:
        """Return what is posted where an item may have been claimed before."""
        return claimed if self.known is None or claimed in self.known else self.item


class Rest(NamedTuple):
    """A subscription that is not to be looked at until a moment.

    `ours`: this process has begun its post. `quiet`: its whole workspace wants to be left alone.
    """

    until: datetime
    ours: bool
    quiet: bool = False


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)
