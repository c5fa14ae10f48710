"""Batches of the reader's training: which questions, and which windows beside each."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from bot.answers.encoder.encoder import Encoder
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.word_vectors import WordVectors
from tests.training.data import Question
from tests.training.episodes import Run
from tests.training.follow_ups import FollowUps
from tests.training.nearest import mined as mined_by_encoder
from tests.training.proposals import Proposals
from tests.training.sampling import Known, Pair, Propose, Sampler, by_words
from tests.training.swaps import Swaps

GROUPS, SQUAD_SHARE, FOREIGN_SHARE = 8, 0.3, 0.2
# Windows that do not answer, beside a question: as proposed, and those kept of more that are read.
_PLAIN, _MINED, _MINED_FROM = 4, 3, 9
# Of our questions, so many are read as follow-ups in later rounds; never those of others, nor those
# that are follow-ups already.
_FOLLOWING, _ALONE = 0.08, ("squad", "qmsum", "foreign", "follow_up")
_THREADS = 2
_OTHERS = 5  # tiles of other episodes among an encoder's proposals


def mined(reader: Reader, group: Sequence[Pair], most: int, threads: Executor) -> list[Pair]:
    """Keep what answers, and the `most` others that convince a reader most."""
    good = [pair for pair in group if pair.answers]
    bad = [pair for pair in group if not pair.answers]
    read = list(threads.map(lambda one: reader.score(one.question, one.window), bad))
    order = sorted(range(len(bad)), key=lambda at: -read[at])
    return good + [bad[at] for at in order[:most]]


def batches(
    sampler: Sampler, reader: Reader | None, known: Known, swaps: Swaps | None
) -> Iterator[list[list[Pair]]]:
    """Yield groups of pairs without an end: a question's, and one that differs from it by a word.

    Without a reader they are what is proposed, and no question is a follow-up.
    """
    follow_ups, epoch, threads = FollowUps(sampler.questions), 0, ThreadPoolExecutor(_THREADS)

    def group(one: Question, draw: random.Random) -> list[Pair]:
        leans = reader is not None and one.kind not in _ALONE and draw.random() < _FOLLOWING
        asked = follow_ups.of(one, draw) if leans else one
        found = sampler.pairs(asked, epoch, _MINED_FROM if reader else _PLAIN)
        found = mined(reader, found, _MINED, threads) if reader else found
        # What a follow-up takes over is another question's: a name changed there changes nothing.
        if leans or not swaps:
            return found
        seed = random.Random(f"{epoch} {one.text}")  # noqa: S311 - a seed is the point
        return found + swaps.of(one.episode, found, seed)

    while True:
        draw = random.Random(epoch)  # noqa: S311 - a seed is the point
        order = sampler.order(epoch, SQUAD_SHARE, FOREIGN_SHARE, known)
        for start in range(0, len(order), GROUPS):
            groups = [group(one, draw) for one in order[start : start + GROUPS]]
            yield [some for some in groups if some]
        epoch += 1


def as_searched(questions: Sequence[Question]) -> Propose:
    """Return a proposer that finds what the bot's search finds, for the questions on episodes."""
    # SQuAD's questions stay in their paragraph; a meeting has thousands of windows.
    episodes = {
        id(one.episode): one.episode for one in questions if not one.home and one.kind != "qmsum"
    }
    vectors = WordVectors()
    found = {key: Proposals(episode, vectors.of) for key, episode in episodes.items()}

    def propose(question: Question, most: int) -> list[Run]:
        proposals = found.get(id(question.episode))
        if proposals is None:
            return by_words(question, most)
        return proposals.best(question.text, most, "both")

    return propose


def as_encoded(encoder: Path, questions: Sequence[Question]) -> Propose:
    """Return a proposer that finds what an encoder takes to be nearest, in any episode."""
    own = [one for one in questions if not one.home and one.kind != "qmsum"]
    return mined_by_encoder(Encoder(encoder), own, others=_OTHERS)
