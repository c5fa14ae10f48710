"""`episode.yaml` as it is written of a feed's item, and what it later tells of itself."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import yaml

from bot.episodes.metadata import Fetched
from bot.errors import UnreadableError
from bot.feeds.fetching import shown
from bot.feeds.model import Feed, Item, Transcript
from bot.files.yaml_reader import read_yaml

_HEAD = "# From the podcast's feed. What is changed here by hand is not overwritten.\n"
_SEAL = "# sha256 of the lines above: "
_CHAPTERS = "# sha256 of chapters.json: "
_SEALED = re.compile(rf"(?P<body>.*\n){_SEAL}(?P<digest>[0-9a-f]{{64}})\n", re.DOTALL)
_WITH_CHAPTERS = re.compile(rf"^{_CHAPTERS}([0-9a-f]{{64}})$", re.MULTILINE)
_FETCHED_AT = re.compile(r"^  at: .*\n", re.MULTILINE)
_WIDTH = 10_000  # no value is broken over lines
_AT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Digests:
    """The SHA-256, in hexadecimal, of a transcript and of chapters as they were fetched.

    That of chapters is empty where there are none.
    """

    transcript: str
    chapters: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What an `episode.yaml` says of how it came to be.

    `guid`, `show` and `digests` are empty where it does not say. `sealed` tells that nobody has
    changed it since it was written. `said` is the digest of what it says, but for when it was
    fetched.
    """

    guid: str
    show: str
    digests: Digests
    sealed: bool
    said: str


class _Form(msgspec.Struct, frozen=True):
    """The part of an `episode.yaml` that is asked for: a slip elsewhere hides no guid."""

    show: Any = ""
    fetched: Fetched = Fetched()


def metadata(
    item: Item, feed: Feed, transcript: Transcript, digests: Digests, at: datetime, *, house: bool
) -> str:
    """Return the `episode.yaml` of an item.

    Args:
        item: the episode.
        feed: its podcast.
        transcript: the one that was fetched.
        digests: of what was fetched.
        at: when it was.
        house: whether the transcript is in the project's own form, which tells number, title and
            hosts itself.
    """
    entries = {
        "show": feed.title,
        "number": None if house else item.number,
        "title": "" if house else item.title,
        "date": item.published.date().isoformat() if item.published else "",
        "language": transcript.language or item.language or feed.language,
        "hosts": [] if house else _hosts(item),
        "link": item.link,
        "audio": item.audio,
        "fetched": {
            "from": shown(transcript.url),
            "at": at.astimezone(UTC).strftime(_AT),
            "guid": item.guid,
            "sha256": digests.transcript,
        },
    }
    known = {key: value for key, value in entries.items() if value not in (None, "", [])}
    body = _HEAD + yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=_WIDTH)
    if digests.chapters:
        body += f"{_CHAPTERS}{digests.chapters}\n"
    return f"{body}{_SEAL}{digest(body.encode())}\n"


def read_record(path: Path) -> Record | None:
    """Return what a file says of how it came to be; None where it is missing or unreadable."""
    try:
        text = path.read_bytes().decode()
        form = read_yaml(path, _Form)
    except (UnreadableError, OSError, ValueError):
        return None
    sealed, chapters = _SEALED.fullmatch(text), _WITH_CHAPTERS.search(text)
    body = sealed["body"] if sealed else text
    return Record(
        guid=form.fetched.guid,
        show=str(form.show),
        digests=Digests(form.fetched.sha256, chapters[1] if chapters else ""),
        sealed=sealed is not None and digest(body.encode()) == sealed["digest"],
        said=digest(_FETCHED_AT.sub("", body).encode()),
    )


def digest(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _hosts(item: Item) -> list[dict[str, str]]:
    people = {one.name: one.role for one in item.people}
    return [{"name": name} | ({"role": role} if role else {}) for name, role in people.items()]
