"""The windows that an encoder takes to be nearest to questions, to learn what does not answer."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from bot.answers.encoder.encoder import Encoder
from tests.training.data import Question
from tests.training.episodes import Run, tiles
from tests.training.sampling import Propose, by_words

_MINED = 12  # windows that a model takes to be nearest


def mined(encoder: Encoder, questions: Sequence[Question], *, others: int = 0) -> Propose:
    """Return what proposes the tiles that an encoder takes to be nearest to each question.

    They are those of its episode; after every second one stands one of the `others` that it finds
    in all other episodes, the very nearest of which is left out, for it may answer.
    """
    alike: dict[int, list[Question]] = {}
    for question in questions:
        alike.setdefault(id(question.episode), []).append(question)
    runs = [
        [tile for passage in group[0].episode.passages for tile in tiles(passage)]
        for group in alike.values()
    ]
    flat = [run for here in runs for run in here]
    everywhere = _vectors(encoder, [run.in_context for run in flat])
    nearest: dict[tuple[str, int], list[Run]] = {}
    start = 0
    for group, here in zip(alike.values(), runs, strict=True):
        end = start + len(here)
        asked = _vectors(encoder, [one.text for one in group])
        for one, near in zip(group, asked @ everywhere.T, strict=True):
            own = [here[at] for at in np.argsort(-near[start:end])[:_MINED]]
            near[start:end] = -np.inf
            some = np.argpartition(-near, others + 1)[: others + 1]
            far = [flat[at] for at in some[np.argsort(-near[some])][1:]]
            nearest[one.text, id(one.episode)] = _mixed(own, far)
        start = end

    def propose(question: Question, most: int) -> list[Run]:
        found = nearest.get((question.text, id(question.episode)))
        return by_words(question, most) if found is None else found

    return propose


def _vectors(encoder: Encoder, said: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of texts, made on as many threads as training has."""
    half = (len(said) + 1) // 2
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(encoder.of, (said[:half], said[half:])))
    return np.concatenate(found).astype(np.float32)


def _mixed(own: Sequence[Run], far: Sequence[Run]) -> list[Run]:
    found = list(own)
    for place, run in enumerate(far):
        found.insert(3 * place + 2, run)
    return found
