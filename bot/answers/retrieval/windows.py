"""Windows: every run of whole sentences that fits a quote, and what stands where around it.

All texts of a library get a place in one array: first the sentences, then for each passage the
turn that led to it, and the concepts that it speaks of at length. A question's clues are then met
everywhere at once, as bits of an integer for each place.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from bot.answers.language.thesaurus import LOOSE, Thesaurus
from bot.answers.question.terms import Clue
from bot.answers.quoting.openings import points_back
from bot.answers.quoting.quotes import MOST_WORDS
from bot.search.passages import Kind, Passage
from bot.search.tokens import stem, words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|half|twice|months|frequent|rarer)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:because|since|so that|due to|that's why)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r'"|\b(?:for example|for instance|such as|like|consider|say)\b', re.IGNORECASE
)
_FEW_WORDS = 8
# So many different phrases of a concept make it a topic of a passage, and a main one.
_TOPIC, _MAIN = 2, 4
_Place = tuple[frozenset[str], frozenset[str]]
_NOTHING: _Place = (frozenset(), frozenset())
_NOWHERE: Ints = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Text:
    """What a piece of text says: its stems, and its concepts with their different phrases' count.

    One phrase may be said in passing; two and more make a concept a topic of the text.
    """

    stems: frozenset[str]
    phrases: Mapping[str, int]

    def concepts(self, fewest: int = 1) -> frozenset[str]:
        """Return the concepts that it speaks of with as many different phrases."""
        return frozenset(one for one, count in self.phrases.items() if count >= fewest)


def reader(thesaurus: Thesaurus) -> Callable[[str], Text]:
    """Turn texts into stems and concepts, each text once."""

    @cache
    def read(text: str) -> Text:
        stems = [stem(word) for word in words(text)]
        phrases: dict[str, set[tuple[str, ...]]] = {}
        for found in thesaurus.find(stems):
            for concept in found.concepts:
                phrases.setdefault(concept, set()).add(tuple(stems[found.start : found.end]))
        return Text(frozenset(stems), {one: len(said) for one, said in phrases.items()})

    return read


class Places:
    """Where which stem and which concept stands, by place."""

    def __init__(self, texts: Sequence[_Place]) -> None:
        """Index texts, each given as its stems and its concepts."""
        self._size = len(texts)
        stems: dict[str, list[int]] = {}
        concepts: dict[str, list[int]] = {}
        for place, (said, spoken) in enumerate(texts):
            for one in said:
                stems.setdefault(one, []).append(place)
            for one in spoken:
                concepts.setdefault(one, []).append(place)
        self._stems = {one: np.array(places, np.int64) for one, places in stems.items()}
        self._concepts = {one: np.array(places, np.int64) for one, places in concepts.items()}

    def met(self, clues: Sequence[Clue]) -> tuple[Ints, Ints, Ints]:
        """For each place the clues it meets, bit by bit.

        Word for word; in other words, by the same concept; by a word that is kin.
        """
        literal, meant, kin = (np.zeros(self._size, np.int64) for _ in range(3))
        for position, clue in enumerate(clues):
            bit = 1 << position
            literal[self._with_all(clue.stems)] |= bit
            for concept in clue.concepts:
                close = kin if concept.startswith(LOOSE) else meant
                close[self._concepts.get(concept, _NOWHERE)] |= bit
        return literal, meant, kin

    def together(self, clues: Sequence[Clue]) -> Floats:
        """For each place the most weight that clues of one concept have there together."""
        weights: dict[str, float] = {}
        for clue in clues:
            for concept in clue.concepts:
                if not concept.startswith(LOOSE):
                    weights[concept] = weights.get(concept, 0.0) + clue.weight
        found = np.zeros(self._size)
        for concept, weight in weights.items():
            places = self._concepts.get(concept, _NOWHERE)
            found[places] = np.maximum(found[places], weight)
        return found

    def _with_all(self, stems: frozenset[str]) -> Ints:
        first, *others = (self._stems.get(one, _NOWHERE) for one in stems)
        for other in others:
            first = np.intersect1d(first, other, assume_unique=True)
        return first


class Windows:
    """The windows of a library's passages, those of passage `p` from `starts[p]` on.

    `first` and `last` count the sentences of their passage. `rows` are their sentences' places,
    padded with a place that meets nothing. `about` are features that no question changes.
    """

    def __init__(self, passages: Sequence[Passage], read: Callable[[str], Text]) -> None:
        texts = [_sentences(passage) for passage in passages]
        self.sentence_starts = np.array([0, *accumulate(map(len, texts))], np.int64)
        found = [list(_windows(said)) for said in texts]
        self.starts = np.array([0, *accumulate(map(len, found))], np.int64)
        flat = [(number, *window) for number, windows in enumerate(found) for window in windows]
        self.passage = np.array([number for number, *_ in flat], np.int64)
        self.first = np.array([first for _, first, *_ in flat], np.int64)
        self.last = np.array([last for _, _, last, _ in flat], np.int64)
        self.about = {
            name: np.array([maker(said) for *_, said in flat], float)
            for name, maker in _ABOUT_WINDOWS.items()
        }
        askers = _askers(passages)
        asker = np.array([askers.get(passage.speaker or "", 0.0) for passage in passages])
        term = np.array([float(passage.kind is Kind.TERM) for passage in passages])
        self.about |= {"asker": asker[self.passage], "term": term[self.passage]}
        self.about["points_back"] = np.array(
            [float(first > 0 and points_back(said)) for _, first, _, said in flat]
        )
        self.about["opening"] = (self.first == 0).astype(float)
        asked = [_asked(passage) for passage in passages]
        pairs = zip(asked, passages, strict=True)
        whole = [read(f"{question} {passage.own}") for question, passage in pairs]
        self.asked = [read(question).stems for question in asked]
        self.asked_sizes = np.array([len(stems) for stems in self.asked], float)
        groups = {
            "sentences": [_spoken(read(said)) for group in texts for said in group],
            "nowhere": [_NOTHING],
            "asked": [_spoken(read(question)) for question in asked],
            "topics": [_spoken(text, _TOPIC) for text in whole],
            "mains": [_spoken(text, _MAIN) for text in whole],
        }
        ends = list(accumulate(map(len, groups.values())))
        self.sides = dict(zip(groups, map(slice, [0, *ends], ends), strict=False))
        self.nowhere = ends[0]
        self.places = Places([place for group in groups.values() for place in group])
        self.rows = self._rows()

    def of(self, passages: Ints) -> Ints:
        """Return the windows of some passages, passage by passage."""
        return np.concatenate(
            [np.arange(self.starts[one], self.starts[one + 1]) for one in passages]
        )

    def _rows(self) -> Ints:
        widest = int((self.last - self.first).max(initial=0)) + 1
        begins = self.sentence_starts[self.passage] + self.first
        rows = begins[:, None] + np.arange(widest)
        rows[np.arange(widest) > (self.last - self.first)[:, None]] = self.nowhere
        return rows


_ABOUT_WINDOWS: dict[str, Callable[[str], float]] = {
    "words": lambda said: float(len(said.split())),
    "number": lambda said: float(_NUMBER.search(said) is not None),
    "reason": lambda said: float(_REASON.search(said) is not None),
    "example": lambda said: float(_EXAMPLE.search(said) is not None),
    "short": lambda said: float(len(said.split()) <= _FEW_WORDS),
}


def _sentences(passage: Passage) -> list[str]:
    if passage.kind is Kind.TERM:
        return [passage.scored]
    return [passage.episode.words(span) for span in passage.sentences]


def _windows(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for first in range(len(texts)):
        for last in range(first, len(texts)):
            said = " ".join(texts[first : last + 1])
            if len(said.split()) > MOST_WORDS:
                break
            yield first, last, said


def _asked(passage: Passage) -> str:
    """Return the words of the turn that led to a passage."""
    paragraphs = passage.asked.paragraphs if passage.asked else ()
    return " ".join(map(passage.episode.words, paragraphs))


def _spoken(text: Text, fewest: int = 0) -> _Place:
    """Return a text as `Places` takes it; with `fewest`, concepts of as many phrases alone."""
    return (frozenset() if fewest else text.stems), text.concepts(fewest)


def _askers(passages: Sequence[Passage]) -> dict[str, float]:
    """For each speaker the share of their passages that ask."""
    said: dict[str, list[bool]] = {}
    for passage in passages:
        if passage.speaker:
            said.setdefault(passage.speaker, []).append(passage.kind is Kind.ASKED)
    return {speaker: sum(asks) / len(asks) for speaker, asks in said.items()}
