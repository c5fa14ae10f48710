"""Somebody who follows a podcast on the loopback, and a clock that they move."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from bot.episodes import Library, load
from bot.feeds.fetching import Fetcher
from bot.feeds.following import follow, ingest, unfollow
from bot.feeds.means import Means, Wanted
from bot.feeds.patience import Patience
from bot.feeds.turn import Turn
from bot.storage import FeedItem, FollowedFeed, NewEpisode, Store
from tests.fakes.podcast import NOW, Podcast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def fetcher() -> Fetcher:
    """Return what fetches from the loopback, where every name is."""
    return Fetcher("tests", allow_loopback=True, resolve=lambda _host, _port: ["127.0.0.1"])


@dataclass
class Listener:
    """What they do with `podcast`, what they are told, and what is announced."""

    store: Store
    folder: Path
    podcast: Podcast
    now: datetime = NOW
    said: list[str] = field(default_factory=list)
    news: list[NewEpisode] = field(default_factory=list)
    announce: Callable[[NewEpisode], None] | None = None
    stop: Event = field(default_factory=Event)
    lease: timedelta = timedelta(seconds=30)
    cache: Path | None = None
    changed: Callable[[], None] = lambda: None

    def means(self, patience: Patience | None = None) -> Means:
        return Means(
            folder=self.folder,
            fetcher=fetcher(),
            patience=patience or Patience(self.stop),
            clock=lambda: self.now,
            announce=self.announce or self.news.append,
            progress=lambda _done, _total, _title: None,
            lease=self.lease,
            cache=self.cache,
        )

    def follow(self, address: str | None = None, **wanted: Any) -> list[str]:
        """Follow the podcast; return what is said of that."""
        self.said.clear()
        feeds, address = self.store.feeds, address or self.podcast.url
        follow(feeds, address, Wanted(**wanted), self.means(), HOUR, self.said.append)
        return self.said

    def ingest(self, **wanted: Any) -> list[str]:
        self.said.clear()
        ingest(self.podcast.url, Wanted(**wanted), self.means(), self.said.append)
        return self.said

    def unfollow(self, given: str | None = None, *, deleted: bool = False) -> list[str]:
        self.said.clear()
        given = given or self.podcast.url
        unfollow(self.store.feeds, given, self.means(), self.said.append, deleted=deleted)
        return self.said

    def after(self, time: timedelta) -> None:
        """Take a turn, so much later, at which the feed is due."""
        self.now += time
        Turn(self.store.feeds, self.means, HOUR, changed=self.changed).once(self.stop)

    @property
    def feed(self) -> FollowedFeed:
        [feed] = self.store.feeds.all()
        return feed

    def row(self, number: int) -> FeedItem:
        return self.store.feeds.items.of(self.feed)[f"guid-{number}"]

    def library(self) -> Library:
        return load(self.folder)

    def transcripts(self) -> set[bytes]:
        """Return what is kept, byte for byte."""
        return {path.read_bytes() for path in self.folder.glob("[!.]*/transcript.*")}
