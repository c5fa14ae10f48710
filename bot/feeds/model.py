"""What a feed says: its items, their people, and all the transcripts of each."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Transcript:
    """One transcript that an item names.

    `type` is its media type in lower case without parameters, empty where the feed gives none.
    `language` is a tag such as `en-US`, the feed's where the transcript has none of its own. `rel`
    is such as `captions`. None where neither gives one.
    """

    url: str
    type: str
    language: str | None = None
    rel: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks; `role` is such as `host` or `guest`, empty where the feed gives none."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An episode as a feed names it.

    `published` is in UTC; `link`, `audio` and `chapters` are addresses, the first two without what
    may be the key of a private feed. None where the feed gives none. `line` is where the item
    begins, counted from 1.
    """

    guid: str
    title: str
    number: int | None = None
    season: int | None = None
    published: datetime | None = None
    people: tuple[Person, ...] = ()
    link: str | None = None
    audio: str | None = None
    chapters: str | None = None
    language: str | None = None
    transcripts: tuple[Transcript, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A podcast: its items in the feed's order, and what was read otherwise than it is written.

    `warnings` are such as `line 12: …`, with 1 for the first line. `whole` is False where the feed
    broke off: what is not in it may be there all the same.
    """

    title: str
    language: str | None = None
    link: str | None = None
    items: tuple[Item, ...] = ()
    warnings: tuple[str, ...] = ()
    whole: bool = True
