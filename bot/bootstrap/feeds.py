"""Podcasts that are followed: taken up, listed, ended, and looked at beside everything else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.bootstrap.parts import store
from bot.bootstrap.process import stop_signal
from bot.bootstrap.progress import progress_on

if TYPE_CHECKING:
    from bot.feeds.fetching import Fetcher
    from bot.feeds.means import Announce, Means, Progress, Wanted
    from bot.feeds.patience import Patience
    from bot.feeds.turn import Turn
    from bot.settings import Settings
    from bot.storage import NewEpisode, Store

Say = Callable[[str], None]

_LEAVE = 5.0  # seconds that the end of a process waits for a look: the next one goes on with it


def follow(
    settings: "Settings", given: str, wanted: "Wanted", say: Say, fetcher: "Fetcher | None" = None
) -> bool:
    """Follow a podcast, and say what came of a look at it; False where all of it failed.

    Raises BotError where it is no podcast, or something went wrong with it.
    """
    from bot.feeds import following
    from bot.feeds.patience import Patience

    address, patience = following.address_of(given), Patience(stop_signal())
    every = timedelta(minutes=settings.feed_minutes)
    with closing(store(settings)) as kept, progress_on(sys.stderr) as progress:
        means = _means(settings, patience, fetcher, announce(kept), progress)
        return following.follow(kept.feeds, address, wanted, means, every, say)


def ingest(
    settings: "Settings", given: str, wanted: "Wanted", say: Say, fetcher: "Fetcher | None" = None
) -> bool:
    """Take a podcast in once, without the database; returns and raises as `follow` does."""
    from bot.feeds import following
    from bot.feeds.patience import Patience

    address, patience = following.address_of(given), Patience(stop_signal())
    with progress_on(sys.stderr) as progress:
        means = _means(settings, patience, fetcher, _tell_nobody, progress)
        return following.ingest(address, wanted, means, say)


def unfollow(settings: "Settings", given: str, say: Say, *, delete: bool = False) -> None:
    """Follow a podcast no more; raises BotError where it is not followed."""
    from bot.feeds import following
    from bot.feeds.patience import Patience

    with closing(store(settings)) as kept:
        means = _means(settings, Patience(stop_signal()), None, _tell_nobody)
        following.unfollow(kept.feeds, given, means, say, deleted=delete)


def followed(settings: "Settings", say: Say) -> None:
    """Say what is followed, and how that went; raises StoreError if the database is not ready."""
    from bot.feeds.listing import listed

    with closing(store(settings)) as kept:
        for line in listed(kept.feeds):
            say(line)


def feed_turn(
    settings: "Settings", kept: "Store", changed: Callable[[], None] = lambda: None
) -> "Turn":
    """Return what looks at the feeds that are followed, once an hour each.

    `changed` is called when something new lies in the knowledge folder.
    """
    from bot.feeds.turn import Turn

    fetching = _fetcher(settings)
    tell = announce(kept)
    return Turn(
        kept.feeds,
        lambda patience: _means(settings, patience, fetching, tell),
        timedelta(minutes=settings.feed_minutes),
        changed=changed,
    )


@contextmanager
def looking_beside(turn: "Turn", stop: Event) -> Iterator[None]:
    """Look at feeds beside something else; a look that is under way at the end is gone on with."""
    thread = Thread(target=turn.run, args=(stop,), name="feeds", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_LEAVE)


def announce(kept: "Store") -> "Announce":
    """Return what is told of each new episode: every channel that wants to be is owed a card."""
    from bot.feeds.look.holding import utc_now

    def tell(episode: "NewEpisode") -> None:
        kept.announcements.record(episode, utc_now())

    return tell


def _means(
    settings: "Settings",
    patience: "Patience",
    fetcher: "Fetcher | None",
    tell: "Announce",
    progress: "Progress" = lambda _done, _total, _title: None,
) -> "Means":
    from bot.feeds.look.holding import utc_now
    from bot.feeds.means import Means

    return Means(
        folder=settings.knowledge_dir,
        fetcher=fetcher or _fetcher(settings),
        patience=patience,
        clock=utc_now,
        announce=tell,
        progress=progress,
        cache=settings.cache_dir,
    )


def _fetcher(settings: "Settings") -> "Fetcher":
    from bot.feeds.fetching import Fetcher, user_agent

    return Fetcher(user_agent(settings.public_url))


def _tell_nobody(episode: "NewEpisode") -> None:
    """Announce nothing: what is taken in once is no news."""
