"""What a run of a feed is told, works with, and remembers by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.feeds.fetching import Fetcher
from bot.feeds.patience import Patience
from bot.storage import FeedItem, NewEpisode

Progress = Callable[[int, int, str], None]
Announce = Callable[[NewEpisode], None]


# Chosen by hand: what a process that died leaves is taken up so much later.
LEASE = timedelta(seconds=30)
# It takes a second to start processes: from so many episodes on that pays. Chosen by hand.
MANY = 24


class Memory(Protocol):
    """What is known of a feed's episodes from run to run."""

    def items(self) -> dict[str, FeedItem]:
        """Return them by guid."""

    def slugs_of_others(self) -> frozenset[str]:
        """Return what the episodes of all other feeds are kept as."""

    def put(self, items: Sequence[FeedItem], replaced: Sequence[str] = ()) -> None:
        """Keep some, and forget guids that were replaced."""

    def announced(self, guid: str) -> None:
        """Say that one was announced."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a feed: how many of its newest, and in which language; None for any.

    `new`: what is seen for the first time is announced. `deleted`: what it has taken back is
    deleted from the folder. `again`: what failed is tried at once, however lately that was.
    """

    newest: int | None = None
    language: str | None = None
    new: bool = False
    deleted: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with; `progress` is told how many of how many were tried, and the last.

    `cache` is where episodes are kept that were read: what was read once need not be again. From
    `many` due episodes on, other processes read them.
    """

    folder: Path
    fetcher: Fetcher
    patience: Patience
    clock: Callable[[], datetime]
    announce: Announce
    progress: Progress
    lease: timedelta = LEASE
    cache: Path | None = None
    many: int = MANY


class Forgetful:
    """A memory that keeps nothing: what lies in the folder is all that is known."""

    def items(self) -> dict[str, FeedItem]:
        """Return none."""
        return {}

    def slugs_of_others(self) -> frozenset[str]:
        """Return none."""
        return frozenset()

    def put(self, items: Sequence[FeedItem], replaced: Sequence[str] = ()) -> None:
        """Keep nothing."""

    def announced(self, guid: str) -> None:
        """Keep nothing."""
