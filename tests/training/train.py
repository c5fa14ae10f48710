"""Train the reader, in steps that a seed repeats; checkpoints every ten minutes, resumable.

    python -m tests.training.train OUT [--pairs 60000] [--minutes 40] [--start CHECKPOINT...]
                                       [--mine FOLDER] [--encoder FOLDER] [--known AUTHOR...]
                                       [--share 0.2] [--ranked 0.3] [--swaps]

Of several checkpoints the mean of their weights is where it starts; an exported folder is one too.
With `--mine` the negatives of a question are those of more proposals that an exported reader finds
most convincing (hard negatives), and some questions are read as follow-ups: the later rounds. With
`--encoder` the proposals are what an exported encoder takes to be nearest, in the question's
episode and in all others. `--known AUTHOR...` draws a `--share` of the questions of the authors up
to these (`train-z`, `episode-c`) and of others' sets. `--ranked` weighs the second part of the
loss: that what answers stands before what does not. `--swaps` sets beside some answers a question
that differs from theirs by a word.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.utils.rnn import pad_sequence
from tqdm import tqdm

from bot.answers.reader.pairs import Pairs
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.word_vectors import WordVectors
from tests.training.batches import as_encoded, as_searched, batches
from tests.training.bert import PADDING, CrossEncoder, half_precision, pretrained, save_tokenizer
from tests.training.data import episode_two, meetings, ours, squad
from tests.training.known import authors
from tests.training.sampling import Pair, Sampler, by_words
from tests.training.shipped import checkpoint
from tests.training.swaps import Swaps

RATE, WARM = 6e-5, 0.06
_CHECKPOINT_SECONDS = 600
_TOGETHER = 16
_THREADS = 2


def padded(rows: Sequence[tuple[list[int], int]]) -> tuple[Tensor, Tensor, Tensor]:
    """Return tokens, mask and segments of rows of `Pairs`, each of shape (rows, tokens).

    What is padded is masked, whatever its segment.
    """
    tokens = pad_sequence([torch.tensor(row) for row, _ in rows], batch_first=True)
    asks = torch.tensor([at for _, at in rows])[:, None]
    segments = torch.arange(tokens.shape[1]) >= asks
    return tokens, (tokens != PADDING).long(), segments.long()


def logits(model: CrossEncoder, pairs: Pairs, asked: Sequence[Pair]) -> Tensor:
    """Return the logits of pairs, of shape (pairs,); those of one length are read together."""
    rows = [pairs.row(pair.question, pair.window) for pair in asked]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    found = torch.zeros(len(rows))
    for start in range(0, len(order), _TOGETHER):
        chosen = order[start : start + _TOGETHER]
        with half_precision():
            read = model(*padded([rows[at] for at in chosen]))
        found = found.index_put((torch.tensor(chosen),), read.float())
    return found


def loss(found: Tensor, groups: Sequence[Sequence[Pair]], ranked: float) -> Tensor:
    """Return the pairs' cross-entropy, and `ranked` times that of putting first what answers."""
    wanted = torch.tensor([float(pair.answers) for group in groups for pair in group])
    total = cross_entropy(found, wanted)
    ranks, start = [], 0
    for group in groups:
        end = start + len(group)
        good = wanted[start:end] > 0
        if good.any() and not good.all():
            here = found[start:end]
            ranks.append(torch.logsumexp(here, 0) - torch.logsumexp(here[good], 0))
        start = end
    return total + ranked * torch.stack(ranks).mean() if ranks else total


def mean(checkpoints: Sequence[Mapping[str, Any]]) -> dict[str, Tensor]:
    """Return the mean of some models' weights."""
    found = [one["model"] for one in checkpoints]
    return {name: sum(one[name] for one in found) / len(found) for name in found[0]}


class Training:
    """A model on its way: its optimizer, what it has read, and its checkpoints."""

    def __init__(self, out: Path, seed: int, start: Sequence[Path]) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(_THREADS)
        out.mkdir(parents=True, exist_ok=True)
        save_tokenizer(out / "tokenizer.json")
        self.out, self.pairs = out, Pairs(out / "tokenizer.json")
        self.model = pretrained(dropout=0.0)  # few rounds; dropout costs a third
        self.before: list[dict[str, object]] = []  # the rounds that made what it starts from
        if start:
            kept = [checkpoint(one) for one in start]
            self.before = [one["state"] for one in kept]
            self.model.load_state_dict(mean(kept))
        self.trained = [one for one in self.model.parameters() if one.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, RATE, weight_decay=0.01)
        self.read, self.steps, self.seconds, self.average = 0, 0, 0.0, 0.0
        if (out / "checkpoint.pt").exists():
            self._resume()
        self.model.train()

    def _resume(self) -> None:
        saved = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
        self.read, self.steps, self.seconds = state["pairs"], state["step"], state["seconds"]

    def step(self, groups: Sequence[Sequence[Pair]], rate: float, ranked: float) -> int:
        """Learn from groups of pairs; return how many pairs they were."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        flat = [pair for pairs in groups for pair in pairs]
        value = loss(logits(self.model, self.pairs, flat), groups, ranked)
        self.optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.average = 0.99 * self.average + 0.01 * value.item() if self.average else value.item()
        self.read += len(flat)
        self.steps += 1
        return len(flat)

    def save(self, seconds: float) -> None:
        """Save a checkpoint to resume from, the model alone, and a line of the curve."""
        self.seconds += seconds
        state = {"pairs": self.read, "step": self.steps, "seconds": round(self.seconds)}
        state |= {"after": self.before} if self.before else {}
        weights = self.model.state_dict()
        new = self.out / "checkpoint.new"
        torch.save(
            {"model": weights, "optimizer": self.optimizer.state_dict(), "state": state}, new
        )
        new.replace(self.out / "checkpoint.pt")
        torch.save({"model": weights, "state": state}, self.out / f"at-{self.read}.pt")
        with (self.out / "curve.jsonl").open("a") as curve:
            curve.write(json.dumps(state | {"loss": round(self.average, 4)}) + "\n")


def rated(share: float, highest: float) -> float:
    """Return the learning rate: up in the first share of the pairs, then down."""
    return highest * min(share / WARM + 0.02, 1.0) * max(1 - share, 0.02)


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=int, default=60_000)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--ranked", type=float, default=0.3)
    parser.add_argument("--mine", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--start", type=Path, nargs="*", default=())
    parser.add_argument("--known", nargs="*", default=())
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--swaps", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Train until the pairs are read or the minutes are over."""
    given = arguments()
    training = Training(given.out, given.seed, given.start)
    if training.read >= given.pairs:
        return
    questions = [*ours("train"), *episode_two(), *squad(), *meetings()]
    if given.encoder:
        propose = as_encoded(given.encoder, questions)
    else:
        propose = as_searched(questions) if given.mine else by_words
    reader = Reader(given.mine) if given.mine else None
    sampler = Sampler(questions, given.seed, propose)
    known = dict.fromkeys(authors(questions, given.known), given.share) if given.known else {}
    begun = saved = last = time.monotonic()
    bar = tqdm(total=given.pairs, initial=training.read, unit="pair", mininterval=10)
    swaps = Swaps(WordVectors().of) if given.swaps else None
    for groups in islice(batches(sampler, reader, known, swaps), training.steps, None):
        share = max(training.read / given.pairs, (last - begun) / (given.minutes * 60))
        bar.update(training.step(groups, rated(share, given.rate), given.ranked))
        bar.set_postfix(loss=f"{training.average:.3f}", refresh=False)
        now = time.monotonic()
        over = now - begun > given.minutes * 60 or training.read >= given.pairs
        if over or now - saved > _CHECKPOINT_SECONDS:
            training.save(now - saved)
            saved = now
        last = now
        if over:
            return


if __name__ == "__main__":
    main()
