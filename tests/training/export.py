"""Export a checkpoint, or several: ONNX in float, its int8 version, and the card.

    python -m tests.training.export CHECKPOINT... OUT
    python -m tests.training.export --ship OUT

Of several checkpoints the mean of their weights is taken (Wortsman and others: Model Soups, 2022);
an exported folder is one too, for what was trained on from it.
Writes the model, `tokenizer.json` and `card.json`, and the same in float under `OUT/float`. The
second form puts the figures that `evaluate` left in `OUT/figures.json` on the card, and the files
where the bot reads them.
"""

import argparse
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from bot.answers.onnx_model import FILES
from bot.answers.reader import FOLDER
from bot.answers.reader.pairs import Pairs
from tests.training.bert import LAYERS, CrossEncoder, save_tokenizer
from tests.training.rounding import as_int8, samples, smooth
from tests.training.shipped import checkpoint
from tests.training.train import padded

SHIPPED = (*FILES, "tokenizer.json")
_EXAMPLE = torch.ones((1, 8), dtype=torch.long)
_NAMES = ["tokens", "segments"]
TRAINED_ON = {
    "questions of this project on episode 2 and real transcripts, tests/training/questions": (
        "the questions are the project's; the transcripts CC BY-SA 4.0 (The Changelog) and MIT "
        "(Syntax, bitcointranscripts, transcriptator)"
    ),
    "tests/evaluation, seven files on episode 2": "the project's",
    "SQuAD 2.0, half of the development set": "CC BY-SA 4.0",
    "QMSum, specific questions of val and test": "MIT",
    "all-MiniLM-L6-v2, the weights it starts from": "Apache-2.0",
}


class OnePair(nn.Module):
    """The logit of one pair, which nothing is padded for."""

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor, segments: Tensor) -> Tensor:
        """Return the logit, of shape (1,)."""
        found: Tensor = self.model(tokens, torch.ones_like(tokens), segments)
        return found


def export(checkpoints: Sequence[Path], out: Path, layers: int) -> None:
    """Write the mean of some models as float and as int8."""
    model = CrossEncoder(layers)
    found = [checkpoint(one)["model"] for one in checkpoints]
    mean = {name: sum(one[name] for one in found) / len(found) for name in found[0]}
    model.load_state_dict(mean)
    model.eval()
    (out / "float").mkdir(parents=True, exist_ok=True)
    save_tokenizer(out / "tokenizer.json")
    smooth(model, lambda: _read_samples(model, Pairs(out / "tokenizer.json")))
    plain = out / "float" / "model.onnx"
    torch.onnx.export(
        OnePair(model),
        (_EXAMPLE, _EXAMPLE),
        str(plain),
        input_names=_NAMES,
        output_names=["logits"],
        dynamic_axes={name: {1: "length"} for name in _NAMES},
        opset_version=17,
        dynamo=False,
    )
    as_int8(plain, out / "model.onnx")


def _read_samples(model: CrossEncoder, pairs: Pairs) -> None:
    for question, window in samples():
        model(*padded([pairs.row(question, window.said)]))


def write_card(out: Path, training: object, names: Sequence[str] = SHIPPED) -> None:
    """Write what the model was trained on, how to make it again, and the digests of its files."""
    card = {
        "model": f"cross-encoder, {LAYERS} layers of 384, from all-MiniLM-L6-v2",
        "trained_on": TRAINED_ON,
        "training": training,
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "make train",
        "sha256": {name: digest(out / name) for name in names},
    }
    write(out / "card.json", card)


def ship(out: Path) -> None:
    """Put what was measured on the card, and the files beside the reader."""
    card = json.loads((out / "card.json").read_text(encoding="utf-8"))
    card["figures"] = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    for name in SHIPPED:
        (FOLDER / name).unlink()  # a bot that runs from here has mapped it
        shutil.copyfile(out / name, FOLDER / name)
    write(FOLDER / "card.json", card)


def write(path: Path, card: object) -> None:
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Export, or put figures on the card."""
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoints", type=Path, nargs="*")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--ship", action="store_true")
    given = parser.parse_args()
    if given.ship:
        ship(given.out)
        return
    export(given.checkpoints, given.out, given.layers)
    training = [checkpoint(one)["state"] for one in given.checkpoints]
    save_tokenizer(given.out / "float" / "tokenizer.json")
    write_card(given.out, training)
    write_card(given.out / "float", training, ("model.onnx", "tokenizer.json"))


if __name__ == "__main__":
    main()
