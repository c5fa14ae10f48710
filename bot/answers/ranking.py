"""Ranking: which sentences of which passage answer, by features comparable between questions.

The index proposes passages; every run of whole sentences in them that fits a quote is a window,
and a window's score is a weighted sum of features. Coverage features are shares of the weight of
the question's clues, so they lie between 0 and 1 whatever the question. The weights are fitted
by `bot.evaluation.fit`; README.md beside this file shows what each idea brings.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.answers.clues import Clue
from bot.answers.quotes import MOST_WORDS, points_back
from bot.answers.thesaurus import Thesaurus
from bot.answers.understanding import Form
from bot.search.passages import Kind, Passage
from bot.search.words import stem, words

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|half|twice|months|frequent|rarer)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:because|since|so that|due to|that's why|to)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r'"|\b(?:for example|for instance|such as|like|consider|say)\b', re.IGNORECASE
)
_FEW_WORDS = 8
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Text:
    """What a piece of text says: its stems and its concepts."""

    stems: frozenset[str]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences, `first` to `last`, that fits a quote."""

    first: int
    last: int
    words: int
    number: bool
    reason: bool
    example: bool
    points_back: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage made ready for ranking: what each part of it and around it says."""

    passage: Passage
    sentences: tuple[Text, ...]
    windows: tuple[Window, ...]
    asked: Text
    heading: Text
    around: Text
    bold: Text
    asker: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A window of a passage with its features and its score."""

    entry: Entry
    window: Window
    features: tuple[float, ...]
    score: float


class Reader:
    """Turns texts into stems and concepts, each text once."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self.read = cache(self._read)

    def _read(self, text: str) -> Text:
        stems = [stem(word) for word in words(text)]
        return Text(frozenset(stems), self._thesaurus.concepts(stems))


def entries(passages: Sequence[Passage], reader: Reader) -> tuple[Entry, ...]:
    """The passages of one episode, in their order, made ready for ranking."""
    askers = _askers(passages)
    return tuple(
        _entry(passages, position, reader, askers.get(passage.speaker or "", 0.0))
        for position, passage in enumerate(passages)
    )


def _entry(passages: Sequence[Passage], position: int, reader: Reader, asker: float) -> Entry:
    passage = passages[position]
    episode = passage.episode
    asked = passage.asked.paragraphs if passage.asked else ()
    texts = [episode.words(span) for span in passage.sentences]
    if passage.kind is Kind.TERM:
        texts = [passage.scored]
    return Entry(
        passage=passage,
        sentences=tuple(map(reader.read, texts)),
        windows=tuple(_windows(texts)),
        asked=reader.read(" ".join(map(episode.words, asked))),
        heading=reader.read(passage.segment),
        around=reader.read(" ".join(_around(passages, position))),
        bold=reader.read(" ".join(passage.bold)),
        asker=asker,
    )


def _around(passages: Sequence[Passage], position: int) -> Iterator[str]:
    """The words of the nearest passages before and after that are no questions, and openings."""
    passage = passages[position]
    if passage.kind is Kind.TERM:
        return
    if passage.paragraph:
        opening = position - passage.paragraph
        yield passages[opening].own
    for step in (-1, 1):
        near = position + step
        while 0 <= near < len(passages) and abs(near - position) <= _NEAR:
            other = passages[near]
            if other.segment == passage.segment and other.kind is Kind.SAID:
                yield other.own
                break
            near += step


def _askers(passages: Sequence[Passage]) -> dict[str, float]:
    """For each speaker the share of their passages that ask."""
    said: dict[str, list[bool]] = {}
    for passage in passages:
        if passage.speaker:
            said.setdefault(passage.speaker, []).append(passage.kind is Kind.ASKED)
    return {speaker: sum(asks) / len(asks) for speaker, asks in said.items()}


def _windows(texts: Sequence[str]) -> Iterator[Window]:
    for first in range(len(texts)):
        for last in range(first, len(texts)):
            text = " ".join(texts[first : last + 1])
            count = len(text.split())
            if count > MOST_WORDS:
                break
            yield Window(
                first,
                last,
                count,
                number=_NUMBER.search(text) is not None,
                reason=_REASON.search(text) is not None,
                example=_EXAMPLE.search(text) is not None,
                points_back=first > 0 and points_back(texts[first]),
            )


FEATURES = (
    "literal",
    "meant",
    "rest",
    "around",
    "asked_literal",
    "asked_meant",
    "asked_likeness",
    "heading",
    "bold",
    "together",
    "index",
    "asks",
    "asker",
    "short",
    "term",
    "term_defines",
    "number",
    "no_number",
    "reason",
    "example",
    "points_back",
    "opening",
    "length",
    "length_squared",
)


class Measure:
    """Measures windows against one question."""

    def __init__(self, clues: Sequence[Clue], form: Form) -> None:
        self._form = form
        self._clues = clues
        self._total = sum(clue.weight for clue in clues) or 1.0
        self._masses: dict[int, float] = {}
        self._stems: dict[str, int] = {}
        self._concepts: dict[str, int] = {}
        self._phrases: list[tuple[int, frozenset[str]]] = []
        for position, clue in enumerate(clues):
            bit = 1 << position
            if len(clue.stems) == 1:
                for one in clue.stems:
                    self._stems[one] = self._stems.get(one, 0) | bit
            else:
                self._phrases.append((bit, clue.stems))
            for concept in clue.concepts:
                self._concepts[concept] = self._concepts.get(concept, 0) | bit

    def entry(self, entry: Entry, index: float) -> Iterator[tuple[Window, tuple[float, ...]]]:
        """Every window of a passage with its features, in the order of `FEATURES`."""
        said = [self._met(text) for text in entry.sentences]
        whole_literal = whole = 0
        for literal, meant in said:
            whole_literal |= literal
            whole |= literal | meant
        asked_literal, asked_meant = self._met(entry.asked)
        around = self._any(entry.around)
        heading = self._any(entry.heading)
        bold = self._mass(self._any(entry.bold)) / self._total
        likeness = self._likeness(entry.asked, asked_literal)
        kind = entry.passage.kind
        for window in entry.windows:
            literal = meant = together = 0
            for one_literal, one_meant in said[window.first : window.last + 1]:
                literal |= one_literal
                meant |= one_meant
                together = max(together, (one_literal | one_meant).bit_count())
            here = literal | meant
            near = whole & ~here
            beyond = here | near
            yield (
                window,
                (
                    self._share(literal),
                    self._share(meant & ~literal),
                    self._share(near),
                    self._share(around & ~beyond),
                    self._share(asked_literal),
                    self._share(asked_meant & ~asked_literal & ~beyond),
                    likeness,
                    self._share(heading & ~beyond),
                    bold,
                    together / max(2, len(self._clues)),
                    index,
                    float(kind is Kind.ASKED),
                    entry.asker,
                    float(window.words <= _FEW_WORDS),
                    float(kind is Kind.TERM),
                    float(kind is Kind.TERM and self._form is Form.DEFINITION),
                    float(self._form is Form.NUMBER and window.number),
                    float(self._form is Form.NUMBER and not window.number),
                    float(self._form is Form.REASON and window.reason),
                    float(self._form is Form.EXAMPLE and window.example),
                    float(window.points_back),
                    float(window.first == 0),
                    window.words / 50,
                    (window.words / 50) ** 2,
                ),
            )

    def _met(self, text: Text) -> tuple[int, int]:
        """The clues that a text meets word for word, and in other words, as bits."""
        literal = meant = 0
        for one in text.stems & self._stems.keys():
            literal |= self._stems[one]
        for bit, stems in self._phrases:
            if stems <= text.stems:
                literal |= bit
        for concept in text.concepts & self._concepts.keys():
            meant |= self._concepts[concept]
        return literal, meant

    def _any(self, text: Text) -> int:
        literal, meant = self._met(text)
        return literal | meant

    def _likeness(self, asked: Text, literal: int) -> float:
        """How much of the host's question this question repeats."""
        if not literal or not asked.stems:
            return 0.0
        return literal.bit_count() / (3 + len(asked.stems) / 4)

    def _share(self, bits: int) -> float:
        return self._mass(bits) / self._total

    def _mass(self, bits: int) -> float:
        if bits not in self._masses:
            self._masses[bits] = sum(
                clue.weight for position, clue in enumerate(self._clues) if bits >> position & 1
            )
        return self._masses[bits]


def rank(
    proposed: Sequence[tuple[Entry, float]], measure: Measure, weights: Mapping[str, float]
) -> list[Ranked]:
    """The best window of each proposed passage, best first."""
    vector = [weights[name] for name in FEATURES]
    best = []
    for entry, index in proposed:
        windows = [
            Ranked(entry, window, features, sum(map(float.__mul__, vector, features)))
            for window, features in measure.entry(entry, index)
        ]
        if windows:
            best.append(max(windows, key=lambda ranked: ranked.score))
    return sorted(best, key=lambda ranked: -ranked.score)
