"""What an episode's folder is called: safe whatever its title says."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from bot.feeds.model import Feed, Item

# Letters of a show's name, and digits of a guid's hash that tell episodes of one name apart. Chosen
# by hand: every file system takes names of 255 bytes, and people read these.
_LONGEST, _HASHED = 60, (6, 12, 64)
_SAFE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NAMELESS = "podcast"


def names(item: Item, feed: Feed) -> Iterator[str]:
    """Yield what an episode's folder may be called, the nicest first: `kitchen-talks-12`.

    Only the item and the name of its show decide, so that the names of an episode stay the same.
    """
    show = _plain(feed.title) or _NAMELESS
    which = _which(item)
    if which:
        yield f"{show}-{which}"
    digest = hashlib.sha256(item.guid.encode("utf-8", "replace")).hexdigest()
    for length in _HASHED:
        yield "-".join(filter(None, (show, which, digest[:length])))


def is_safe(name: str) -> bool:
    """Return whether a name is one that is given here: it leads nowhere else."""
    return _SAFE.fullmatch(name) is not None


def _which(item: Item) -> str:
    """Return what tells an episode from the show's others: `12`, `s2-12`, `2024-05-31`."""
    if item.number is not None:
        return f"s{item.season}-{item.number}" if item.season else str(item.number)
    return item.published.date().isoformat() if item.published else ""


def _plain(words: str) -> str:
    """Return words as plain letters and digits with hyphens between them, whole words if it can."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    whole = _NOT_PLAIN.sub("-", letters.replace("'", "")).strip("-")
    if len(whole) <= _LONGEST:
        return whole
    return whole[: _LONGEST + 1].rpartition("-")[0] or whole[:_LONGEST]
