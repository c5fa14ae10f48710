"""Train the reader, in steps that a seed repeats; checkpoints every ten minutes, resumable.

    python -m tests.training.train OUT [--pairs 60000] [--minutes 40] [--mine] [--start CHECKPOINT]

With `--mine` the negatives of a question are those of more proposals that the model itself finds
most convincing (hard negatives): the second round.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from tqdm import tqdm

from bot.answers.reader.pairs import Pairs
from tests.training.bert import CrossEncoder, pretrained, save_tokenizer
from tests.training.data import (
    Pair,
    Propose,
    Question,
    Sampler,
    by_words,
    episode_two,
    meetings,
    ours,
    squad,
)
from tests.training.episodes import Run
from tests.training.proposals import Embeddings, Proposals, Remembered

RATE, WARM, GROUPS, SQUAD_SHARE, FOREIGN_SHARE = 6e-5, 0.06, 8, 0.3, 0.2
_CHECKPOINT_SECONDS = 600
_MINED_FROM = 10
_TOGETHER = 16


def logits(model: CrossEncoder, pairs: Pairs, asked: Sequence[Pair]) -> Tensor:
    """Return the logits of pairs, of shape (pairs,); those of one length are read together."""
    rows = [pairs.row(pair.question, pair.window) for pair in asked]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    found = torch.zeros(len(rows))
    for start in range(0, len(order), _TOGETHER):
        chosen = order[start : start + _TOGETHER]
        batch = pairs.batch([rows[at] for at in chosen])
        with torch.autocast("cpu", torch.bfloat16):
            read = model(*(torch.from_numpy(part) for part in batch))
        found = found.index_put((torch.tensor(chosen),), read.float())
    return found


def loss(found: Tensor, groups: Sequence[Sequence[Pair]]) -> Tensor:
    """Return cross-entropy for each pair, and for each question the rank of what answers."""
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
    return total + 0.3 * torch.stack(ranks).mean() if ranks else total


def mined(
    model: CrossEncoder, pairs: Pairs, groups: Sequence[list[Pair]], most: int
) -> list[list[Pair]]:
    """Keep of each group what answers, and the `most` others that convince the model most."""
    flat = [pair for group in groups for pair in group]
    model.eval()
    with torch.no_grad():
        scores = iter(logits(model, pairs, flat).tolist())
    model.train()
    kept = []
    for group in groups:
        scored = [(next(scores), pair) for pair in group]
        bad = sorted((one for one in scored if not one[1].answers), key=lambda one: -one[0])
        kept.append([p for _, p in scored if p.answers] + [p for _, p in bad[:most]])
    return kept


def batches(sampler: Sampler, negatives: int) -> Iterator[list[list[Pair]]]:
    """Yield groups of pairs, a question each, without an end."""
    epoch = 0
    while True:
        order = sampler.order(epoch, SQUAD_SHARE, FOREIGN_SHARE)
        for start in range(0, len(order), GROUPS):
            groups = [sampler.pairs(one, epoch, negatives) for one in order[start : start + GROUPS]]
            yield [group for group in groups if group]
        epoch += 1


class Training:
    """A model on its way: its optimizer, what it has read, and its checkpoints."""

    def __init__(self, out: Path, seed: int, start: Path | None) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(2)
        out.mkdir(parents=True, exist_ok=True)
        save_tokenizer(out / "tokenizer.json")
        self.out, self.pairs = out, Pairs(out / "tokenizer.json")
        self.model = pretrained(dropout=0.0)  # two rounds at most; dropout costs a third
        if start:
            self.model.load_state_dict(torch.load(start, weights_only=True)["model"])
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

    def step(self, groups: Sequence[Sequence[Pair]], rate: float) -> int:
        """Learn from groups of pairs; return how many pairs they were."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        flat = [pair for pairs in groups for pair in pairs]
        value = loss(logits(self.model, self.pairs, flat), groups)
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
        weights = self.model.state_dict()
        new = self.out / "checkpoint.new"
        torch.save(
            {"model": weights, "optimizer": self.optimizer.state_dict(), "state": state}, new
        )
        new.replace(self.out / "checkpoint.pt")
        torch.save({"model": weights, "state": state}, self.out / f"at-{self.read}.pt")
        with (self.out / "curve.jsonl").open("a") as curve:
            curve.write(json.dumps(state | {"loss": round(self.average, 4)}) + "\n")


def by_meaning(questions: Sequence[Question], out: Path) -> Propose:
    """Return a proposer by words and embeddings, for the questions on episodes."""
    embeddings = Embeddings(pretrained(), out / "tokenizer.json")
    known = Remembered(embeddings.of, out.parent / "embeddings.npz")
    # SQuAD's questions stay in their paragraph; a meeting has thousands of windows.
    homeless = [one for one in questions if not one.home and one.kind != "qmsum"]
    episodes = {id(question.episode): question.episode for question in homeless}
    found = {
        key: Proposals(episode, known.of)
        for key, episode in tqdm(episodes.items(), desc="embeddings", mininterval=10)
    }
    known.of([question.text for question in homeless])
    known.save()

    def propose(question: Question, most: int) -> list[Run]:
        proposals = found.get(id(question.episode))
        if proposals is None:
            return by_words(question, most)
        return proposals.best(question.text, most, "both")

    return propose


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
    parser.add_argument("--mine", action="store_true")
    parser.add_argument("--start", type=Path)
    return parser.parse_args()


def main() -> None:
    """Train until the pairs are read or the minutes are over."""
    given = arguments()
    training = Training(given.out, given.seed, given.start)
    if training.read >= given.pairs:
        return
    questions = [*ours("train"), *episode_two(), *squad(), *meetings()]
    propose = by_meaning(questions, given.out) if given.mine else by_words
    sampler = Sampler(questions, given.seed, propose)
    begun = last = time.monotonic()
    bar = tqdm(total=given.pairs, initial=training.read, unit="pair", mininterval=10)
    for proposed in islice(
        batches(sampler, _MINED_FROM if given.mine else 4), training.steps, None
    ):
        mine = partial(mined, training.model, training.pairs, most=3)
        groups = mine(proposed) if given.mine else proposed
        bar.update(training.step(groups, rated(training.read / given.pairs, given.rate)))
        bar.set_postfix(loss=f"{training.average:.3f}", refresh=False)
        now = time.monotonic()
        over = now - begun > given.minutes * 60 or training.read >= given.pairs
        if over or now - last > _CHECKPOINT_SECONDS:
            training.save(now - last)
            last = now
        if over:
            return


if __name__ == "__main__":
    main()
