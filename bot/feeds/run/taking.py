"""One episode of a feed: its transcripts are asked for, the best first, until one is kept."""

import hashlib
import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from bot.errors import BotError
from bot.feeds.fetching import (
    NONE,
    TRANSCRIPT_BYTES,
    Fetched,
    FetchError,
    NotModified,
    Validators,
    shown,
)
from bot.feeds.means import Means
from bot.feeds.model import Feed, Item, Transcript
from bot.feeds.reading.choosing import in_order
from bot.feeds.run.keepers import Keep
from bot.feeds.run.planning import state_of
from bot.feeds.run.spool import Spool
from bot.storage import FeedItem

# Seconds that a server may ask to be left alone for while it is waited for, and how often. One that
# asks for longer is put off. Chosen by hand.
_WAITED, _TIMES = 60.0, 3

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an episode: `known` is what is known of it now.

    `written`: its folder has changed. `beside` is where the transcript lies that was fetched for
    one edited by hand. `put_off` says that it was not tried to the end, and `wait` for how many
    seconds its server wants to be left alone.
    """

    item: Item
    known: FeedItem
    written: bool = False
    beside: Path | None = None
    warnings: tuple[str, ...] = ()
    put_off: bool = False
    wait: float = 0.0


class Taker:
    """Takes the episodes of one feed into the knowledge folder; threads may share it.

    `language` is the one that is wanted, None for that of the episode or its feed; `keep` keeps a
    transcript as `keeping.keep` does; `others` are the folders of other feeds' episodes, which are
    never written to. When there is no patience left, what was not begun is put off.
    """

    def __init__(
        self,
        feed: Feed,
        language: str | None,
        means: Means,
        keep: Keep,
        others: frozenset[str] = frozenset(),
    ) -> None:
        self._feed, self._language, self._means, self._others = feed, language, means, others
        self._keep = keep
        self._spool = Spool(means.folder)
        self._hosts: dict[str, Lock] = {}
        self._left_alone: dict[str, float] = {}  # by host: until when, by the monotonic clock

    def take(self, item: Item, known: FeedItem) -> Taken:
        """Fetch the transcripts of an episode until one is kept.

        Raises OSError where the folder cannot be written.
        """
        failures: list[BotError] = []
        for transcript in self._ordered(item):
            try:
                if self._means.patience.is_over:
                    return Taken(item, known, put_off=True)
                got = self._transcript(transcript.url, self._validators(item, known, transcript))
                if isinstance(got, NotModified):
                    return Taken(item, replace(known, tried_at=self._means.clock(), failed=None))
                return self._kept(item, known, transcript, got)
            except _LeftAloneError as error:
                return Taken(item, known, put_off=True, wait=error.wait)
            except OSError:
                raise
            except BotError as error:  # it was not fetched, is no transcript, or is not kept
                failures.append(error)
            except Exception as error:  # what one transcript lays bare hinders no other
                log.exception("A transcript could not be read")
                what = f"cannot be read, by a fault of the bot's ({type(error).__name__})"
                failures.append(BotError(f"{shown(transcript.url)} {what}"))
            self._spool.drop(transcript.url)
        return Taken(item, self._failed(item, known, failures))

    def _ordered(self, item: Item) -> list[Transcript]:
        language = self._language or item.language or self._feed.language
        return in_order(item.transcripts, language)

    def _validators(self, item: Item, known: FeedItem, transcript: Transcript) -> Validators:
        """Return those of the kept transcript, where nothing else of the episode has changed."""
        same = known.source == _digest(transcript.url) and known.state == state_of(item)
        kept = same and known.slug is not None and (self._means.folder / known.slug).is_dir()
        return Validators(known.etag, known.modified) if kept else NONE

    def _transcript(self, url: str, validators: Validators) -> Fetched | NotModified:
        """Return a transcript, of which no run that was ended need be sent again."""
        if (left := self._spool.get(url)) is not None:
            return Fetched(left, url, "", NONE)
        got = self._fetch(url, validators)
        if isinstance(got, Fetched):
            self._spool.put(url, got.data)
        return got

    def _fetch(self, url: str, validators: Validators = NONE) -> Fetched | NotModified:
        """Fetch, waiting for a server that asks for a moment; raises FetchError."""
        host = _host_of(url)
        # One at a time, else another asks it that has not heard yet what it asks for.
        with self._hosts.setdefault(host, Lock()):
            for _ in range(_TIMES):
                wait = self._left_alone.get(host, 0.0) - time.monotonic()
                if wait > _WAITED or (wait > 0 and not self._means.patience.wait(wait)):
                    raise _LeftAloneError(wait)
                try:
                    return self._means.fetcher.fetch(url, TRANSCRIPT_BYTES, validators)
                except FetchError as error:
                    if error.wait is None:
                        raise
                    self._left_alone[host] = time.monotonic() + error.wait
            raise _LeftAloneError(max(0.0, self._left_alone[host] - time.monotonic()))

    def _kept(self, item: Item, known: FeedItem, transcript: Transcript, got: Fetched) -> Taken:
        chapters, warnings = self._chapters(item)
        now = self._means.clock()
        kept = self._keep(
            self._means.folder,
            item,
            self._feed,
            transcript,
            got.data,
            chapters,
            slug=known.slug,
            at=now,
            known=known.digests or None,
            others=self._others,
            cache=self._means.cache,
        )
        row = replace(
            known,
            title=item.title,
            slug=kept.slug,
            state=state_of(item),
            tried_at=now,
            failed=None,
            gone=False,
            source=_digest(transcript.url),
            etag=got.validators.etag,
            modified=got.validators.modified,
            digests=kept.digests,
        )
        self._spool.drop(transcript.url)
        return Taken(item, row, kept.written, kept.laid_beside, (*warnings, *kept.warnings))

    def _chapters(self, item: Item) -> tuple[bytes | None, tuple[str, ...]]:
        """Return an episode's chapters, which may be missing, and why they are."""
        if item.chapters is None:
            return None, ()
        try:
            got = self._fetch(item.chapters)
        except FetchError as error:
            return None, (f"chapters: {error}",)
        except _LeftAloneError:
            return None, ("chapters: their server asks to be left alone for now",)
        return (got.data, ()) if isinstance(got, Fetched) else (None, ())

    def _failed(self, item: Item, known: FeedItem, failures: list[BotError]) -> FeedItem:
        gone = all(isinstance(error, FetchError) and error.gone for error in failures)
        return replace(
            known,
            state=state_of(item),
            tried_at=self._means.clock(),
            failed="; ".join(map(str, failures)),
            gone=gone,
        )


class _LeftAloneError(Exception):
    """A server that wants to be left alone, for so many seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


def _host_of(url: str) -> str:
    """Return the host of an address; empty where it is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32]
