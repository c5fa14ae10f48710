"""Train the encoder: a question lies near the windows that answer it, of any podcast.

    python -m tests.training.encoder OUT [--minutes 20] [--seed 1] [--start FOLDER]

It starts from all-MiniLM-L6-v2. A question's window is set against the windows of the other
questions in its batch, and against one each that the index proposes in its own episode (in-batch
negatives: Karpukhin and others, Dense Passage Retrieval, 2020). With `--start` it goes on from an
exported model that was trained so, whose own nearest windows are then the ones to tell from what
answers. Questions of hosts with what comes back, from transcripts that nobody has written questions
on, are learned from as well.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from bot.answers.encoder.encoder import MOST_TOKENS, Encoder
from tests.training.bert import CrossEncoder, half_precision, pretrained, save_tokenizer
from tests.training.data import PODCASTS, Question, episode_two, ours, squad
from tests.training.episodes import Run, tiles
from tests.training.sampling import Propose, by_words, negative_runs, positives
from tests.training.shipped import checkpoint
from tests.training.transcripts import read_turns

RATE, WARM, BATCH, SHARPNESS = 4e-5, 0.1, 40, 20.0
SQUAD, HOSTS = 2_000, 2_500  # pairs of a round
_QUESTION = 48  # tokens
_TOGETHER = 16
_MINED = 12  # windows that a model takes to be nearest
_FEWEST, _MOST = 7, 60  # words of a host's question, and of what comes back

Triple = tuple[str, str, str]  # a question, a window that answers, and one that does not


class Texts:
    """Makes batches of texts."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()

    def batch(self, texts: Sequence[str], most: int) -> tuple[Tensor, Tensor]:
        """Return tokens and mask, each of shape (texts, tokens)."""
        self._tokenizer.enable_truncation(most)
        read = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        longest = max(map(len, read))
        tokens = torch.zeros((len(read), longest), dtype=torch.long)
        mask = torch.zeros((len(read), longest), dtype=torch.long)
        for row, ids in enumerate(read):
            tokens[row, : len(ids)] = torch.tensor(ids)
            mask[row, : len(ids)] = 1
        return tokens, mask


def meant(model: CrossEncoder, texts: Texts, said: Sequence[str], most: int) -> Tensor:
    """Return vectors of length one, of shape (texts, width); those of one length together."""
    order = sorted(range(len(said)), key=lambda at: len(said[at]))
    found = []
    for start in range(0, len(order), _TOGETHER):
        tokens, mask = texts.batch([said[at] for at in order[start : start + _TOGETHER]], most)
        with half_precision():
            mean = model.mean(tokens, mask, torch.zeros_like(tokens))
        found.append(normalize(mean.float(), dim=1))
    return torch.cat(found)[torch.tensor(order).argsort()]


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


def triples(
    questions: Sequence[Question], draw: random.Random, propose: Propose = by_words
) -> Iterator[Triple]:
    """Yield questions with a window that answers, and one of the same episode that does not."""
    for question in questions:
        good = positives(question, draw)
        bad = negative_runs(question, draw, 2, propose)
        if good and bad:
            yield question.text, draw.choice(good).in_context, draw.choice(bad).in_context


def hosts(left_out: frozenset[str], draw: random.Random) -> Iterator[Triple]:
    """Yield questions that end a turn, the opening of the next, and a turn from elsewhere."""
    for path in sorted(PODCASTS.glob("*/*.*")):
        if path.name in left_out or path.suffix not in {".md", ".srt", ".vtt", ".html", ".json"}:
            continue
        turns = [turn for turn in read_turns(path) if turn.speaker]
        told = [turn for turn in turns if len(turn.words) > _MOST // 2]
        for turn, after in pairwise(turns):
            asked = turn.text.rsplit(". ", 1)[-1]
            long_enough = _FEWEST <= len(asked.split()) <= _MOST and len(after.words) > _MOST // 2
            if asked.endswith("?") and long_enough and after.speaker != turn.speaker:
                yield asked, _opening(after.text, draw), _opening(draw.choice(told).text, draw)


def _opening(text: str, draw: random.Random) -> str:
    return " ".join(text.split()[: draw.randint(_MOST // 2, _MOST)])


def batches(rows: Sequence[Triple], draw: random.Random) -> Iterator[Sequence[Triple]]:
    """Yield batches, in which no window answers two questions."""
    order = list(rows)
    draw.shuffle(order)
    for start in range(0, len(order) - BATCH + 1, BATCH):
        some = {row[1]: row for row in order[start : start + BATCH]}
        yield list(some.values())


def loss(model: CrossEncoder, texts: Texts, rows: Sequence[Triple]) -> Tensor:
    """Return how far each question is from its window, against all others of the batch."""
    asked = meant(model, texts, [row[0] for row in rows], _QUESTION)
    told = meant(model, texts, [row[1] for row in rows] + [row[2] for row in rows], MOST_TOKENS)
    return cross_entropy(SHARPNESS * asked @ told.T, torch.arange(len(rows)))


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--start", type=Path)
    return parser.parse_args()


def main() -> None:
    """Train for so many minutes; the rate falls to nothing at their end."""
    given = arguments()
    torch.manual_seed(given.seed)
    torch.set_num_threads(2)
    given.out.mkdir(parents=True, exist_ok=True)
    save_tokenizer(given.out / "tokenizer.json")
    texts, model = Texts(given.out / "tokenizer.json"), pretrained(given.layers, dropout=0.0)
    before = 0
    if given.start:
        saved = checkpoint(given.start)
        model.load_state_dict(saved["model"], strict=False)  # all but the logit
        before = saved["state"]["pairs"]
    trained = [one for name, one in model.named_parameters() if "logit" not in name]
    optimizer = torch.optim.AdamW([one for one in trained if one.requires_grad], RATE)
    draw = random.Random(given.seed)  # noqa: S311 - a seed is the point
    own = [one for one in (*ours("train"), *episode_two()) if one.gold]
    articles = [one for one in squad() if one.gold]
    away = frozenset(one.episode.name for side in ("held", "unseen") for one in ours(side))
    asked = list(hosts(away, draw))
    print(len(own), "questions,", len(articles), "of SQuAD,", len(asked), "of hosts", flush=True)
    propose = mined(Encoder(given.start), own) if given.start else by_words
    start, seen, average = time.monotonic(), before, 0.0
    model.train()
    while True:
        rows = [
            *triples(own, draw, propose),
            *triples(draw.sample(articles, min(SQUAD, len(articles))), draw),
            *draw.sample(asked, min(HOSTS, len(asked))),
        ]
        for batch in batches(rows, draw):
            share = (time.monotonic() - start) / (60 * given.minutes)
            if share >= 1:
                torch.save(
                    {"model": model.state_dict(), "state": {"pairs": seen}}, given.out / "model.pt"
                )
                return
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(share / WARM + 0.02, 1.0) * max(1 - share, 0.02)
            value = loss(model, texts, batch)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            seen += len(batch)
            average = 0.98 * average + 0.02 * value.item() if average else value.item()
            if seen // BATCH % 10 == 0:
                line = {"pairs": seen, "loss": round(average, 4), "share": round(share, 3)}
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
