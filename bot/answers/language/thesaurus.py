"""The thesaurus: words and phrases that people use for the same thing.

A file is a YAML mapping from a concept to its words and phrases; every one of them stands for
every other of its concept. `thesaurus.yaml` beside this module is general to the field; one of
the same form in the knowledge folder extends it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Fault, UnreadableError
from bot.files.yaml_reader import Words, read_yaml
from bot.search.tokens import stem, words

FIELD = Path(__file__).with_name("thesaurus.yaml")
ENGLISH = Path(__file__).with_name("english.yaml")
# The thesauri of a knowledge folder: what means the same, and what is only akin.
CLOSE, RELATED = "thesaurus.yaml", "related.yaml"
LOOSE = "~"
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
    """Finds concepts in sequences of stems, stopwords included."""

    def __init__(self, concepts: Mapping[str, Sequence[str]]) -> None:
        phrases: dict[tuple[str, ...], set[str]] = {}
        lengths: dict[str, set[int]] = {}
        for concept, said in concepts.items():
            for phrase in said:
                stems = tuple(one for one in map(stem, words(phrase)) if one not in _SKIPPED)
                if stems:
                    phrases.setdefault(stems, set()).add(concept)
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._concepts = {stems: frozenset(known) for stems, known in phrases.items()}
        self._lengths = {first: sorted(known)[::-1] for first, known in lengths.items()}

    def find(self, stems: Sequence[str]) -> Iterator[Found]:
        """Every phrase at every place, longer ones first where several begin."""
        places = [place for place, one in enumerate(stems) if one not in _SKIPPED]
        said = tuple(stems[place] for place in places)
        for at, first in enumerate(said):
            for length in self._lengths.get(first, ()):
                end = at + length
                if end <= len(said) and (concepts := self._concepts.get(said[at:end])):
                    yield Found(places[at], places[end - 1] + 1, concepts)

    def knows(self, stemmed: str) -> bool:
        """Whether a phrase begins with this stem."""
        return stemmed in self._lengths

    def concepts(self, stems: Sequence[str]) -> frozenset[str]:
        """All concepts that a sequence of stems speaks of."""
        return frozenset(concept for found in self.find(stems) for concept in found.concepts)


def read_thesaurus(*paths: Path, loose: Sequence[Path] = ()) -> Thesaurus:
    """Return the thesaurus in these files; a concept in several has all their phrases.

    Concepts of the `loose` files, kin rather than the same, get names that begin with `~`.

    Raises:
        UnreadableError: a file is no YAML mapping of lists of phrases; names the lines.
    """
    merged: dict[str, list[str]] = {}
    for path in paths:
        for concept, phrases in _read(path).items():
            merged.setdefault(concept, []).extend(phrases)
    for path in loose:
        for concept, phrases in _read(path).items():
            merged.setdefault(f"{LOOSE}{concept}", []).extend(phrases)
    return Thesaurus(merged)


def faults(knowledge: Path) -> list[Fault]:
    """Return what is wrong with the thesauri of a knowledge folder, which may have none."""
    found: list[Fault] = []
    for name in (CLOSE, RELATED):
        try:
            if (knowledge / name).exists():
                _read(knowledge / name)
        except UnreadableError as error:
            found += error.faults
    return found


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    return read_yaml(path, dict[str, tuple[Words, ...]])
