"""What was fetched becomes an episode's folder: whole or not at all, and over no edit by hand."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.episodes.formats import read_chapters
from bot.episodes.knowledge.folder import source_in
from bot.episodes.knowledge.shelf import Shelf
from bot.episodes.metadata import METADATA
from bot.errors import BotError, UnreadableError
from bot.feeds.fetching import shown
from bot.feeds.folder.checking import TranscriptError
from bot.feeds.folder.drafting import Found, fill
from bot.feeds.folder.naming import is_safe
from bot.feeds.folder.places import place_for
from bot.feeds.folder.records import read_record
from bot.feeds.folder.renewing import edited, fetched_before, renew, transcripts
from bot.feeds.folder.writing import draft_in, take_away
from bot.feeds.model import Feed, Item, Transcript

__all__ = ["KeepError", "Kept", "KeptDigests", "TranscriptError", "delete", "keep"]

# Of what was fetched last: `transcript`, `chapters` and, of what `episode.yaml` says, `metadata`.
KeptDigests = Mapping[str, str]
_UNKNOWN: KeptDigests = {}


class KeepError(BotError):
    """An episode's folder that is left as it is; says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An episode's folder.

    `path` is the transcript that is read. `written`: something of it has changed. `laid_beside` is
    the fetched file beside one that was edited by hand, the transcript if there are several; None
    where nothing new was fetched for it. `digests` tell an edit by hand next time.
    """

    slug: str
    path: Path
    written: bool
    laid_beside: Path | None
    digests: KeptDigests
    warnings: tuple[str, ...] = ()


def keep(  # noqa: PLR0913 - what was fetched, and what is known of it
    folder: Path,
    item: Item,
    feed: Feed,
    transcript: Transcript,
    data: bytes,
    chapters: bytes | None,
    *,
    slug: str | None,
    at: datetime,
    known: KeptDigests | None = None,
    others: Collection[str] = (),
    cache: Path | None = None,
) -> Kept:
    """Keep a transcript, byte for byte, as an episode of the knowledge folder.

    Args:
        folder: the knowledge folder.
        item: the episode.
        feed: its podcast.
        transcript: which of the item's it is.
        data: the transcript as it was fetched.
        chapters: Podcasting 2.0 chapters, None where none were fetched. Such as cannot be read are
            left out, with a warning.
        slug: what the episode is called, None for one that is new.
        at: when it was fetched.
        known: the digests of the last time, None where they are not known.
        others: what the episodes of other feeds are called, whatever they and theirs say.
        cache: where episodes are kept that were read; what was read here need not be again.

    Raises:
        TranscriptError: it holds no transcript, or not the kind that the feed says.
        OSError: the folder cannot be written.
    """
    usable, warnings = _usable(chapters, item)
    found = Found(item, feed, transcript, data, usable, at)
    kept = _kept(folder, found, slug, known or _UNKNOWN, others, Shelf(cache))
    return replace(kept, warnings=warnings)


def delete(folder: Path, slug: str, known: KeptDigests | None = None) -> None:
    """Delete an episode that was fetched; one that is not there any more is no error.

    Raises:
        KeepError: something of it was edited by hand, or was never fetched.
        OSError: it cannot be deleted.
    """
    place = folder / slug
    if not is_safe(slug) or place.is_symlink() or place.is_file():
        raise KeepError(f"{slug!r} is no folder of an episode; it stays")
    if not place.exists():
        return
    if changed := next(edited(place, fetched_before(place, known or _UNKNOWN).ours), None):
        raise KeepError(f"{changed} was edited by hand, or is from no feed; {slug} stays")
    take_away(place)


def _kept(
    folder: Path,
    found: Found,
    slug: str | None,
    known: KeptDigests,
    others: Collection[str],
    shelf: Shelf,
) -> Kept:
    with draft_in(folder) as draft:
        place = place_for(folder, found.item, found.feed, slug, others)
        there = os.path.lexists(place)
        before = fetched_before(place, known)
        drafted = fill(draft, found, place.name, before.chapters)
        said = read_record(draft / METADATA)
        last = {
            "transcript": drafted.digests.transcript,
            "chapters": drafted.digests.chapters,
            "metadata": said.said if said else "",
        }
        if _moved(draft, place):
            source = source_in(place, transcripts(place)[0])
            if drafted.clean:
                shelf.hand_over(source, drafted.episode)
            return Kept(place.name, source.path, written=True, laid_beside=None, digests=last)
        if there:
            done = renew(place, draft, before)
            beside = next(iter(done.beside), None)
            return Kept(place.name, done.path, done.written, beside, last)
    # Another process has just taken the name.
    return _kept(folder, found, slug, known, others, shelf)


def _moved(draft: Path, place: Path) -> bool:
    """Give a draft its name, and return whether it was free, or an empty folder's."""
    try:
        draft.rename(place)
    except OSError:
        if place.is_dir():
            return False
        raise
    return True


def _usable(chapters: bytes | None, item: Item) -> tuple[bytes | None, tuple[str, ...]]:
    """Return chapters that can be read, else why there are none."""
    if chapters is None:
        return None, ()
    try:
        read_chapters(chapters, shown(item.chapters or ""))
    except UnreadableError as error:
        return None, (f"chapters are left out: {error.faults[0]}",)
    return chapters, ()
