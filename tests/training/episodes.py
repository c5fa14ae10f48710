"""Episodes to train on, in one form: passages of sentences with places, and the windows in them.

Windows are the runs of whole sentences that the bot quotes. Places are characters of the source,
or of a numbering of its own where the source is none of the real transcripts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from bot.answers.reader.said import Said
from bot.episodes import Span, load
from bot.episodes.sentences import sentences
from bot.search.index import Index
from bot.search.passages import BEFORE_WORDS
from bot.search.passages import passages as passages_of
from tests.training.transcripts import Turn, read_turns

Place = tuple[int, int]

# A window is what a quote may be; a tile is what is read first: most answers fit in one.
MOST_WORDS, MOST_SENTENCES, TILE_WORDS = 90, 4, 60
_PASSAGE_WORDS = 120
_LONG_SENTENCE = 45  # captions without full stops are cut after so many words
_APART = 1_000_000  # the numbering of passages that stand in no single file


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """Sentences of one turn, who says them, and the question that the turn before ends with.

    `before` are the last words that the turn has before them.
    """

    sentences: tuple[Sentence, ...]
    speaker: str = ""
    asked: str = ""
    before: str = ""

    @property
    def text(self) -> str:
        """Return the words."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences `first` to `last` of a passage: a window with its place."""

    passage: Passage
    first: int
    last: int

    @property
    def place(self) -> Place:
        """Return where it starts and ends."""
        return self.passage.sentences[self.first].start, self.passage.sentences[self.last].end

    @property
    def words(self) -> int:
        """Return how many words it has."""
        return len(self._text.split())

    @property
    def _text(self) -> str:
        said = self.passage.sentences[self.first : self.last + 1]
        return " ".join(sentence.text for sentence in said)

    @property
    def window(self) -> Said:
        """Return what is read."""
        return Said(self._text, self.passage.speaker, self.passage.asked)

    @property
    def in_context(self) -> str:
        """Return its words after those before it, or the question, as the bot's encoder does."""
        said = (one.text for one in self.passage.sentences[: self.first])
        words = " ".join([self.passage.before, *said]).split()[-BEFORE_WORDS:]
        context = " ".join(words) or self.passage.asked
        return f"{context} | {self._text}" if context else self._text

    def holds(self, gold: Sequence[Place]) -> bool:
        """Return whether one of the gold places lies inside."""
        start, end = self.place
        return any(start <= left and right <= end for left, right in gold)

    def touches(self, gold: Sequence[Place]) -> bool:
        """Return whether one of the gold places overlaps."""
        start, end = self.place
        return any(start < right and left < end for left, right in gold)


class Episode:
    """Passages, and an index over them that proposes."""

    def __init__(self, name: str, passages: Sequence[Passage]) -> None:
        self.name = name
        self.passages = tuple(passages)

    @cached_property
    def _index(self) -> Index:
        return Index.build([f"{one.asked} {one.text}" for one in self.passages])

    def proposed(self, question: str, most: int) -> list[Passage]:
        """Return the passages that the index proposes, best first."""
        return [self.passages[hit.doc] for hit in self._index.search(question, most)]

    def tiles(self, question: str, most: int) -> list[Run]:
        """Return the tiles to read for a question: the best by BM25 of the proposed passages."""
        found = [tile for passage in self.proposed(question, most) for tile in tiles(passage)]
        scores = Index.build([_indexed(tile) for tile in found]).scores(question) if found else ()
        order = np.argsort(-np.asarray(scores), kind="stable")
        return [found[at] for at in order[:most]]


def _indexed(tile: Run) -> str:
    return f"{tile.passage.asked} {tile.window.text}"


def windows(passage: Passage) -> Iterator[Run]:
    """Yield every run of sentences that may be quoted."""
    for first in range(len(passage.sentences)):
        for last in range(first, min(first + MOST_SENTENCES, len(passage.sentences))):
            run = Run(passage, first, last)
            if last > first and run.words > MOST_WORDS:
                break
            yield run


def tiles(passage: Passage) -> Iterator[Run]:
    """Yield runs that cover a passage; each begins with the last sentence of the one before."""
    first = 0
    while first < len(passage.sentences):
        last = first
        while (
            last + 1 < min(first + MOST_SENTENCES, len(passage.sentences))
            and Run(passage, first, last + 1).words <= TILE_WORDS
        ):
            last += 1
        yield Run(passage, first, last)
        if last + 1 == len(passage.sentences):
            return
        first = last if last > first else last + 1


@cache
def transcript(path: Path) -> Episode:
    """Read a real transcript; of one file there is one episode, whoever asks."""
    turns = read_turns(path)
    found: list[Passage] = []
    for before, turn in zip([Turn(None), *turns], turns, strict=False):
        asked, said = _last_question(before.text), list(_sentences(turn))
        found += [
            Passage(tuple(group), turn.speaker or "", asked, _before(group[0], said))
            for group in _grouped(said)
        ]
    return Episode(path.name, found)


def _before(sentence: Sentence, said: Sequence[Sentence]) -> str:
    """Return the last words before a sentence of a turn."""
    words = " ".join(one.text for one in said[: said.index(sentence)]).split()
    return " ".join(words[-BEFORE_WORDS:])


def library_episode(folder: Path) -> tuple[Episode, str]:
    """Read the first episode of a knowledge folder; its places count the text that comes along."""
    episode = load(folder).episodes[0]
    found, text = [], ""
    for passage in passages_of(episode):
        before = passage.asked.paragraphs if passage.asked else ()
        asked = _last_question(" ".join(map(episode.words, before)))
        said = [passage.own] if passage.term else [episode.words(one) for one in passage.sentences]
        starts = list(accumulate((len(one) + 1 for one in said), initial=len(text)))
        rows = (Sentence(one, at, at + len(one)) for one, at in zip(said, starts, strict=False))
        said_before = passage.before(passage.span.start)
        found.append(Passage(tuple(rows), passage.speaker or "", asked, said_before))
        text += " ".join(said) + "\n"
    return Episode(episode.slug, found), text


def squad_article(article: dict[str, list[dict[str, str]]], name: str) -> Episode:
    """Return an article of SQuAD as an episode; paragraph `n` begins at place `n` millions."""
    return Episode(
        name,
        [
            prose(paragraph["context"], number * _APART)
            for number, paragraph in enumerate(article["paragraphs"])
        ],
    )


def prose(text: str, start: int, speaker: str = "", asked: str = "") -> Passage:
    """Return a text as one passage whose places begin at `start`."""
    spans = sentences(text, Span(0, len(text)))
    rows = (
        Sentence(text[span.start : span.end], start + span.start, start + span.end)
        for span in spans
    )
    return Passage(tuple(rows), speaker, asked)


def meeting(line: str, name: str) -> Episode:
    """Return a meeting of QMSum; its turn `n` begins at place `n` millions."""
    turns = json.loads(line)["meeting_transcripts"]
    found: list[Passage] = []
    asked = ""
    for number, turn in enumerate(turns):
        said = turn["content"].replace("{disfmarker}", "").replace("{vocalsound}", "")
        groups = _grouped(list(prose(said, number * _APART).sentences))
        found += [Passage(tuple(group), turn["speaker"], asked) for group in groups]
        asked = _last_question(said)
    return Episode(name, found)


def _sentences(turn: Turn) -> Iterator[Sentence]:
    text = turn.text
    starts = list(accumulate((len(word.text) + 1 for word in turn.words), initial=0))
    at = {start: number for number, start in enumerate(starts)}
    ends = {
        start + len(word.text): number
        for (number, word), start in zip(enumerate(turn.words), starts, strict=False)
    }
    for span in sentences(text, Span(0, len(text))):
        if not text[span.start : span.end].strip():
            continue
        first, last = at[span.start], ends[span.end]
        while first <= last:
            cut = last if last - first < 2 * _LONG_SENTENCE else first + _LONG_SENTENCE - 1
            words = turn.words[first : cut + 1]
            yield Sentence(" ".join(word.text for word in words), words[0].start, words[-1].end)
            first = cut + 1


def _grouped(said: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yield the sentences of a turn in passages of about equal length."""
    group: list[Sentence] = []
    count = 0
    for sentence in said:
        length = len(sentence.text.split())
        if group and count + length > _PASSAGE_WORDS:
            yield group
            group, count = group[-1:], len(group[-1].text.split())
        group.append(sentence)
        count += length
    if group:
        yield group


def _last_question(said: str) -> str:
    """Return the last sentence of what was said where it asks."""
    if not said.rstrip("\"')”’ ").endswith("?"):
        return ""
    spans = sentences(said, Span(0, len(said)))
    return said[spans[-1].start : spans[-1].end]
