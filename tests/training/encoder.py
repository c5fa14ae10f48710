"""Train the encoder: a question lies near the windows that answer it, of any podcast.

    python -m tests.training.encoder OUT [--minutes 20] [--seed 1] [--start FOLDER]
                                         [--known AUTHOR...] [--share 0.2]

It starts from all-MiniLM-L6-v2. A question's window is set against the windows of the other
questions in its batch, and against one each that the index proposes in its own episode (in-batch
negatives: Karpukhin and others, Dense Passage Retrieval, 2020). With `--start` it goes on from an
exported model that was trained so, whose own nearest windows are then the ones to tell from what
answers. Questions of hosts with what comes back, from transcripts that nobody has written questions
on, are learned from as well. With `--known` a `--share` of the questions of the authors up to these
is drawn, as in `train`, and of all others that are not this project's.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from torch.nn.utils.rnn import pad_sequence

from bot.answers.encoder.encoder import MOST_TOKENS, Encoder
from tests.training.bert import PADDING, CrossEncoder, half_precision, pretrained, save_tokenizer
from tests.training.data import episode_two, ours, squad
from tests.training.known import authors
from tests.training.nearest import mined
from tests.training.sampling import by_words
from tests.training.shipped import checkpoint
from tests.training.triples import BATCH, Triple, alike, batches, hosts, triples

RATE, WARM, SHARPNESS = 4e-5, 0.1, 20.0
SQUAD, HOSTS = 2_000, 2_500  # pairs of a round
_QUESTION = 48  # tokens
_TOGETHER = 16


class Texts:
    """Makes batches of texts."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()

    def batch(self, texts: Sequence[str], most: int) -> tuple[Tensor, Tensor]:
        """Return tokens and mask, each of shape (texts, tokens)."""
        self._tokenizer.enable_truncation(most)
        read = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        tokens = pad_sequence([torch.tensor(ids) for ids in read], batch_first=True)
        return tokens, (tokens != PADDING).long()


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


def loss(model: CrossEncoder, texts: Texts, rows: Sequence[Triple]) -> Tensor:
    """Return how far each question is from its window, against all others of the batch."""
    asked = meant(model, texts, [row[0] for row in rows], _QUESTION)
    windows = [row[1] for row in rows] + [row[2] for row in rows]
    near = SHARPNESS * asked @ meant(model, texts, windows, MOST_TOKENS).T
    near = near.masked_fill(torch.from_numpy(alike(windows, len(rows))), -torch.inf)
    return cross_entropy(near, torch.arange(len(rows)))


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--known", nargs="*", default=())
    parser.add_argument("--share", type=float, default=0.2)
    return parser.parse_args()


def started(given: argparse.Namespace) -> tuple[CrossEncoder, int]:
    """Return the model that is trained on, and how many pairs it has read."""
    model = pretrained(given.layers, dropout=0.0)
    if not given.start:
        return model, 0
    saved = checkpoint(given.start)
    model.load_state_dict(saved["model"], strict=False)  # all but the logit
    return model, saved["state"]["pairs"]


def rounds(given: argparse.Namespace, draw: random.Random) -> Iterator[Sequence[Triple]]:
    """Yield batches without an end: in every round of them other questions and windows."""
    own = [one for one in (*ours("train"), *episode_two()) if one.gold]
    articles = [one for one in squad() if one.gold]
    away = frozenset(one.episode.name for side in ("held", "unseen") for one in ours(side))
    asked = list(hosts(away, draw))
    print(len(own), "questions,", len(articles), "of SQuAD,", len(asked), "of hosts", flush=True)
    propose = mined(Encoder(given.start), own) if given.start else by_words
    known = authors(own, given.known) if given.known else frozenset[str]()
    squads, hosted = (round(one * (given.share if known else 1)) for one in (SQUAD, HOSTS))
    while True:
        new = [one for one in own if one.author not in known or draw.random() < given.share]
        rows = [
            *triples(new, draw, propose),
            *triples(draw.sample(articles, min(squads, len(articles))), draw),
            *draw.sample(asked, min(hosted, len(asked))),
        ]
        yield from batches(rows, draw)


def main() -> None:
    """Train for so many minutes; the rate falls to nothing at their end."""
    given = arguments()
    torch.manual_seed(given.seed)
    torch.set_num_threads(2)
    given.out.mkdir(parents=True, exist_ok=True)
    save_tokenizer(given.out / "tokenizer.json")
    texts, (model, seen) = Texts(given.out / "tokenizer.json"), started(given)
    trained = [one for name, one in model.named_parameters() if "logit" not in name]
    optimizer = torch.optim.AdamW([one for one in trained if one.requires_grad], RATE)
    start, average = 0.0, 0.0
    model.train()
    for batch in rounds(given, random.Random(given.seed)):  # noqa: S311 - a seed is the point
        start = start or time.monotonic()
        share = (time.monotonic() - start) / (60 * given.minutes)
        if share >= 1:
            break
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
    torch.save({"model": model.state_dict(), "state": {"pairs": seen}}, given.out / "model.pt")


if __name__ == "__main__":
    main()
