"""Characters of a transcript, as an address names them."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.errors import BotError

# How an address names a place; twenty million characters are the longest transcript.
_PLACE = {
    "v": re.compile(r"[0-9a-f]{12}"),
    "at": re.compile(r"\d{1,8}-\d{1,8}", re.ASCII),
    "words": re.compile(r"(?:\d{1,8}-[0-9a-f]{16})?", re.ASCII),
}


class LinkError(BotError):
    """An address that nobody signed, or not for this."""


class ExpiredLinkError(LinkError):
    """An address that was signed too long ago."""


class PlaceError(LinkError):
    """An address that says where in a transcript, and cannot mean it."""


class Place(NamedTuple):
    """Characters `start` to `end` of an edition of a text; `words` is their fingerprint, or empty.

    `digest` is the edition's, as `Episode.digest`.
    """

    digest: str
    start: int
    end: int
    words: str = ""


def read_place(query: Mapping[str, str]) -> Place | None:
    """Return the characters that an address names; None if it names none.

    Raises:
        PlaceError: what it says is no place in any text.
    """
    if not query.keys() & _PLACE.keys():
        return None
    if any(not form.fullmatch(query.get(key, "")) for key, form in _PLACE.items()):
        raise PlaceError("the address names no place in a transcript")
    start, end = map(int, query["at"].split("-"))
    if start >= end:
        raise PlaceError("the place in the transcript ends before it begins")
    return Place(query["v"], start, end, query.get("words", ""))


def query_of(place: Place) -> dict[str, str]:
    """Return how an address names characters of an episode's text."""
    found = {"v": place.digest, "at": f"{place.start}-{place.end}"}
    return found | {"words": place.words} if place.words else found


def fingerprint(words: str) -> str:
    """Return the length of words, whose white space is folded, and what tells them from others."""
    return f"{len(words)}-{hashlib.sha256(words.encode(errors='replace')).hexdigest()[:16]}"
