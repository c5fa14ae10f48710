"""The folder of an episode, drafted: its transcript, what is known of it, and its chapters."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.episodes import Episode
from bot.episodes.knowledge.folder import CHAPTERS
from bot.episodes.metadata import METADATA
from bot.episodes.source import Source
from bot.feeds.folder.checking import checked, ending, first_ending, is_house
from bot.feeds.folder.records import Digests, digest, metadata
from bot.feeds.folder.writing import write
from bot.feeds.model import Feed, Item, Transcript

STEM = "transcript"


@dataclass(frozen=True, slots=True)
class Found:
    """What was fetched for an item, and when: a transcript and, where it has any, its chapters."""

    item: Item
    feed: Feed
    transcript: Transcript
    data: bytes
    chapters: bytes | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Drafted:
    """What lies in a draft: the digests of its files, and the episode that is read of them.

    `clean` tells that it was read without a warning.
    """

    digests: Digests
    episode: Episode
    clean: bool


def fill(draft: Path, found: Found, slug: str, chapters: str) -> Drafted:
    """Write an episode into an empty folder.

    Args:
        draft: the folder.
        found: what was fetched.
        slug: what the episode will be called.
        chapters: the digest of those that are there already, where none were fetched now.

    Raises:
        TranscriptError: what was fetched is no transcript, or not what the feed says it is.
        OSError: it cannot be written.
    """
    digests = Digests(digest(found.data), digest(found.chapters) if found.chapters else chapters)
    house = is_house(found.data)
    said = metadata(found.item, found.feed, found.transcript, digests, found.at, house=house)
    path = draft / f"{STEM}{first_ending(found.data)}"
    write(path, found.data)
    write(draft / METADATA, said.encode())
    if found.chapters:
        write(draft / CHAPTERS, found.chapters)
    beside = draft / CHAPTERS if found.chapters else None
    source = Source(slug, f"{slug}/{path.name}", path, draft / METADATA, beside)
    episode, warnings = checked(source, found.transcript)
    name = f"{STEM}{ending(episode)}"
    path.rename(draft / name)
    return Drafted(digests, replace(episode, source=f"{slug}/{name}"), clean=not warnings)
