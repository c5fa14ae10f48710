"""The pages over all episodes: the library, and the glossary. Pure."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.episodes import Entry, Library

ON_A_PAGE = 50  # chosen by hand: what somebody looks through before they search
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Item]):
    """A page of a list, counted from 1; `last` is the number of the last page."""

    items: Sequence[Item]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one episode's reference sheet says of a term; `place` is what a link takes."""

    words: str
    episode: Entry
    place: tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Defined:
    """A term as its newest sheet prints it, with what each sheet says of it, the newest first."""

    term: str
    meanings: tuple[Meaning, ...]


def leaf(items: Sequence[Item], number: int) -> Leaf[Item] | None:
    """Return a page of a list; None where the list has no such page. An empty list has one."""
    last = max(1, -(-len(items) // ON_A_PAGE))
    if not 1 <= number <= last:
        return None
    return Leaf(items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], number, last)


@lru_cache(1)
def glossary(library: Library) -> tuple[Defined, ...]:
    """Return the terms of all reference sheets in order of the alphabet; reads those episodes."""
    found: dict[str, list[tuple[str, Meaning]]] = {}
    for term, meaning in _meanings(library):
        found.setdefault(_alphabetical(term), []).append((term, meaning))
    return tuple(
        Defined(told[0][0], tuple(meaning for _, meaning in told))
        for _, told in sorted(found.items())
    )


def _meanings(library: Library) -> Iterator[tuple[str, Meaning]]:
    for at in reversed(range(len(library.entries))):
        entry = library.entries[at]
        if not entry.terms:
            continue
        episode = library.episodes[at]
        for term in episode.terms:
            span = term.definition
            place = entry.slug, entry.digest, span.start, span.end
            yield term.name, Meaning(episode.words(span), entry, place)


def _alphabetical(term: str) -> str:
    """Return what a term is sorted by: accents and case make no other term."""
    apart = unicodedata.normalize("NFKD", term)
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold()
