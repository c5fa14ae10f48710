"""Learn the word vectors: texts shall lie as all-MiniLM-L6-v2 lays them, and near their questions.

    python -m tests.training.word_vectors [--seed 1] [--rounds 14]

Writes `bot/answers/retrieval/word_vectors.npy`. A text is the sum of its tokens' vectors; they
begin as what MiniLM makes of each token alone, less what all texts share, and weigh less the
commoner they are (Arora, Liang, Ma: A Simple but Tough-to-Beat Baseline for Sentence Embeddings,
2017). The sentences that MiniLM has embedded are kept under `.cache/reader`.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from tqdm import trange

from bot.answers.reader import TOKENIZER
from bot.answers.retrieval.word_vectors import TABLE
from tests.training.bert import VOCABULARY, pretrained
from tests.training.data import Question, episode_two, meetings, ours, squad
from tests.training.episodes import tiles
from tests.training.proposals import Embeddings, Remembered

CACHE = Path(".cache/reader/embeddings.npz")
DIMENSIONS, BATCH, RATE = 192, 256, 2e-3
# How much a question's nearness to its answer counts beside the nearness to MiniLM; more, and the
# pairs are learned by heart: chosen on the held author.
_PAIRS, _TEMPERATURE, _COMMON = 0.05, 0.1, 1e-3
_FIRST, _LAST = 101, 102  # [CLS] and [SEP]
Floats = NDArray[np.float32]


def pairs(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield each question with a tile that answers it."""
    for question in questions:
        passages = [question.home] if question.home else question.episode.passages
        found = (tile for one in passages for tile in tiles(one) if tile.holds(question.gold))
        if (tile := next(found, None)) is not None:
            yield question.text, tile.window.text


def sentences(questions: Sequence[Question]) -> list[str]:
    """Return what is asked and said: all questions, tiles and hosts' questions."""
    episodes = {id(one.episode): one.episode for one in questions if one.kind != "qmsum"}
    passages = [passage for episode in episodes.values() for passage in episode.passages]
    said = [tile.window.text for passage in passages for tile in tiles(passage)]
    asked = [passage.asked for passage in passages if passage.asked]
    return list(dict.fromkeys([*(one.text for one in questions), *said, *asked]))


class Table(torch.nn.Module):
    """The vectors on their way."""

    def __init__(self, tokenizer: Tokenizer, begin: Floats) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        self._bags = torch.nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(begin), freeze=False, mode="sum"
        )

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the tokens of texts."""
        read = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [one.ids for one in read]

    def forward(self, ids: Sequence[Sequence[int]]) -> Tensor:
        """Return a vector of length one for each text."""
        starts = np.cumsum([0, *map(len, ids[:-1])])
        flat = torch.tensor([one for some in ids for one in some])
        return normalize(self._bags(flat, torch.from_numpy(starts)), dim=1)

    def save(self) -> None:
        """Write the table."""
        np.save(TABLE, self._bags.weight.detach().numpy().astype(np.float16))


def beginning(ids: Sequence[Sequence[int]], axes: Floats, centre: Floats) -> Floats:
    """Return the vectors to begin with, of shape (tokens, DIMENSIONS)."""
    model, found = pretrained().eval(), np.zeros((VOCABULARY, 384), np.float32)
    with torch.no_grad():
        for start in range(0, VOCABULARY, 512):
            chosen = torch.arange(start, min(VOCABULARY, start + 512))
            framed = torch.stack(
                [torch.full_like(chosen, 101), chosen, torch.full_like(chosen, 102)], 1
            )
            alone = model.mean(framed, torch.ones_like(framed), torch.zeros_like(framed))
            found[start : start + 512] = normalize(alone, dim=1).numpy()
    counted = Counter(one for some in ids for one in some)
    count = np.array([counted[one] + 0.5 for one in range(VOCABULARY)])
    weights = _COMMON / (_COMMON + count / count.sum())
    begin = (found - centre) @ axes * weights[:, None].astype(np.float32)
    return begin / np.linalg.norm(begin, axis=1).mean()


def main() -> None:
    """Learn, and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=14)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    draw = random.Random(given.seed)  # noqa: S311 - a seed is the point
    questions = [*ours("train"), *episode_two(), *squad(), *meetings()]
    texts = sentences(questions)
    known = Remembered(Embeddings(pretrained(), TOKENIZER).of, CACHE)
    wanted = known.of(texts).astype(np.float32)
    known.save()
    centre = wanted.mean(axis=0)
    axes = np.linalg.svd((wanted - centre)[::3], full_matrices=False)[2][:DIMENSIONS].T
    aims = normalize(torch.from_numpy((wanted - centre) @ axes), dim=1)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    ids = [one.ids for one in tokenizer.encode_batch(texts, add_special_tokens=False)]
    table = Table(tokenizer, beginning(ids, axes, centre))
    asked, said = map(table.ids, zip(*pairs(questions), strict=True))
    steps = given.rounds * len(texts) // BATCH
    optimizer = torch.optim.Adam(table.parameters(), RATE)
    for step in trange(steps, mininterval=10):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - step / steps)
        some = draw.choices(range(len(ids)), k=BATCH)
        apart = 1 - (table([ids[at] for at in some]) * aims[some]).sum(1).mean()
        few = draw.choices(range(len(asked)), k=BATCH)
        alike = table([asked[at] for at in few]) @ table([said[at] for at in few]).T / _TEMPERATURE
        own = torch.arange(BATCH)
        loss = apart + _PAIRS * (cross_entropy(alike, own) + cross_entropy(alike.T, own)) / 2
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    table.save()


if __name__ == "__main__":
    main()
