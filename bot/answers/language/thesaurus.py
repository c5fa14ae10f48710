"""The thesaurus: words and phrases that people use for the same thing.

A file is a YAML mapping from a concept to its words and phrases; every one of them stands for
every other of its concept. An owner may write one beside the episodes, for house words.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Fault, UnreadableError
from bot.files.yaml_reader import Words, read_yaml
from bot.search.tokens import stem, words

HOUSE_WORDS = "thesaurus.yaml"  # of a knowledge folder
# Words that may stand in a phrase or not: "a data retention policy", "our data retention policy".
_SKIPPED = frozenset(
    map(stem, "a an the my our your their its his her this that these those some any".split())
)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a sequence of stems: `stems[start:end]` speaks of `concepts`."""

    start: int
    end: int
    concepts: frozenset[str]


class Thesaurus:
    """Finds concepts in sequences of stems, stopwords included.

    `digest` names all that it knows.
    """

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        phrases: dict[tuple[str, ...], set[str]] = {}
        lengths: dict[str, set[int]] = {}
        for concept, said in concepts.items():
            for phrase in said:
                stems = tuple(one for one in map(stem, words(phrase)) if one not in _SKIPPED)
                if stems:
                    phrases.setdefault(stems, set()).add(concept)
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._said = {concept: " ".join(said) for concept, said in concepts.items()}
        self._concepts = {stems: frozenset(known) for stems, known in phrases.items()}
        known_phrases = sorted((stems, sorted(known)) for stems, known in phrases.items())
        self.digest = hashlib.sha256(repr(known_phrases).encode()).hexdigest()
        self._lengths = {first: sorted(known)[::-1] for first, known in lengths.items()}

    @property
    def knows_any(self) -> bool:
        """Return whether it knows any phrase."""
        return bool(self._concepts)

    def spelt_out(self, text: str) -> str:
        """Return a text with all that is said for its concepts after it."""
        if not self.knows_any:
            return text
        found = self.concepts([stem(word) for word in words(text)])
        return " ".join((text, *(self._said[concept] for concept in sorted(found))))

    def find(self, stems: Sequence[str]) -> Iterator[Found]:
        """Every phrase at every place, longer ones first where several begin."""
        places = [place for place, one in enumerate(stems) if one not in _SKIPPED]
        said = tuple(stems[place] for place in places)
        for at, first in enumerate(said):
            for length in self._lengths.get(first, ()):
                end = at + length
                if end <= len(said) and (concepts := self._concepts.get(said[at:end])):
                    yield Found(places[at], places[end - 1] + 1, concepts)

    def concepts(self, stems: Sequence[str]) -> frozenset[str]:
        """All concepts that a sequence of stems speaks of."""
        return frozenset(concept for found in self.find(stems) for concept in found.concepts)


def read_thesaurus(*paths: Path) -> Thesaurus:
    """Return the thesaurus in these files; a concept in several has all their phrases.

    Raises:
        UnreadableError: a file is no YAML mapping of lists of phrases; names the lines.
    """
    merged: dict[str, list[str]] = {}
    for path in paths:
        for concept, phrases in _read(path).items():
            merged.setdefault(concept, []).extend(phrases)
    return Thesaurus(merged)


def faults(knowledge: Path) -> list[Fault]:
    """Return what is wrong with the thesaurus of a knowledge folder, which may have none."""
    path = knowledge / HOUSE_WORDS
    try:
        if path.exists():
            _read(path)
    except UnreadableError as error:
        return list(error.faults)
    return []


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    return read_yaml(path, dict[str, tuple[Words, ...]])
