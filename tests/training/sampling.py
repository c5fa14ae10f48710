"""The pairs that are learned from questions: other ones in every round.

A question's pairs are windows that hold its gold, and others that are proposed for it.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.reader.said import Said
from tests.training.data import Question
from tests.training.episodes import Episode, Passage, Place, Run, tiles, windows

_PROPOSED = 24
_TELLING = 5  # words
# Authors whom an earlier round has learned from, and the share of their questions that is drawn.
Known = Mapping[str, float]
Propose = Callable[[Question, int], list[Run]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a window, and whether the one answers the other."""

    question: str
    window: Said
    answers: bool


def by_words(question: Question, most: int) -> list[Run]:
    """Propose the tiles that BM25 finds."""
    return question.episode.tiles(question.text, most)


class Sampler:
    """Draws questions and their pairs, other ones in every round."""

    def __init__(self, questions: Sequence[Question], seed: int, propose: Propose) -> None:
        self.questions = questions
        self._seed, self._propose = seed, propose
        self._shows: dict[str, list[Episode]] = {}
        own = [one for one in questions if one.kind not in ("squad", "qmsum")]
        for episode in {id(one.episode): one.episode for one in own}.values():
            self._shows.setdefault(_show(episode), []).append(episode)

    def order(
        self, epoch: int, squad_share: float, foreign_share: float, known: Known
    ) -> list[Question]:
        """Return the questions of a round, the halves of a pair together.

        They are all of ours, a share of SQuAD's and of those by the authors who are `known`, and
        as many foreign ones as a share of ours says: questions that were asked of another show, and
        that this episode does not answer.
        """
        draw = random.Random(f"{self._seed} {epoch}")  # noqa: S311 - a seed is the point
        grouped: dict[str, list[Question]] = {}
        for number, question in enumerate(self.questions):
            grouped.setdefault(question.pair or str(number), []).append(question)
        units = [
            unit for unit in grouped.values() if draw.random() < _share(unit[0], squad_share, known)
        ]
        foreign = int(foreign_share * len(units))
        units += [[self._foreign(draw)] for _ in range(foreign)]
        draw.shuffle(units)
        return [question for unit in units for question in unit]

    def _foreign(self, draw: random.Random) -> Question:
        asked = draw.choice(self.questions)
        while len(asked.text.split()) < _TELLING:  # "who is the guest?" is answered everywhere
            asked = draw.choice(self.questions)
        shows = [show for show in self._shows if show != _show(asked.episode)]
        return Question(asked.text, draw.choice(self._shows[draw.choice(shows)]), (), "foreign")

    def pairs(self, question: Question, epoch: int, negatives: int = 4) -> list[Pair]:
        """Return a question's pairs: up to two that answer, and some that do not."""
        draw = random.Random(f"{self._seed} {epoch} {question.text}")  # noqa: S311 - a seed is the point
        return [
            *(Pair(question.text, run.window, answers=True) for run in positives(question, draw)),
            *(
                Pair(question.text, run.window, answers=False)
                for run in negative_runs(question, draw, negatives, self._propose)
            ),
        ]


def _share(question: Question, squad_share: float, known: Known) -> float:
    return known.get(question.author, squad_share if question.kind == "squad" else 1.0)


def _show(episode: Episode) -> str:
    """Return the letters that an episode's name begins with: its show."""
    return re.split(r"\d", episode.name)[0]


def positives(question: Question, draw: random.Random) -> list[Run]:
    """Return up to two windows that answer: a tile, and any run of sentences."""
    if not question.gold:
        return []
    homes = [
        passage
        for passage in ([question.home] if question.home else question.episode.passages)
        if any(begins_in(passage, place) for place in question.gold)
    ]
    tiled = [run for home in homes for run in tiles(home) if run.holds(question.gold)]
    runs = [run for home in homes for run in windows(home) if run.holds(question.gold)]
    chosen = [draw.choice(tiled)] if tiled else []
    return chosen + ([draw.choice(runs)] if runs else [])


def negative_runs(
    question: Question, draw: random.Random, most: int, propose: Propose = by_words
) -> list[Run]:
    """Return windows that do not answer: tempting ones first, then what the index proposes."""
    if question.home:
        passages = [question.home]
        if draw.random() < 0.3:  # chosen by hand: other paragraphs are easy
            passages += question.episode.proposed(question.text, 3)
        found = [tile for passage in passages for tile in tiles(passage)]
        found += [run for run in windows(question.home) if run.first == run.last]
    else:
        found = propose(question, _PROPOSED)
    tempted = []
    if question.tempting and not question.gold:
        lures = [
            run
            for passage in question.episode.passages
            for run in windows(passage)
            if run.holds(question.tempting)
        ]
        tempted = draw.sample(lures, min(2, len(lures)))
    off = question.tempting if question.gold else ()
    rest = [run for run in found if not run.touches(question.gold) and not run.touches(off)]
    # The nearer to the top of the proposals, the more often.
    weighted = sorted(rest, key=lambda run: draw.random() ** (1 / (1 + rest.index(run))))
    near = [
        run
        for passage in question.episode.passages
        if question.gold and any(begins_in(passage, place) for place in question.gold)
        for run in windows(passage)
        if not run.touches(question.gold) and not run.touches(off)
    ]
    close = [draw.choice(near)] if near else []
    return [*tempted, *close, *weighted[: most - len(tempted) - len(close)]]


def begins_in(passage: Passage, place: Place) -> bool:
    """Return whether a place begins inside a passage."""
    return passage.sentences[0].start <= place[0] < passage.sentences[-1].end
