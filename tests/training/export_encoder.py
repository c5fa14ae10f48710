"""Export the encoder: int8 ONNX that gives a text's vector, and its card.

    python -m tests.training.export_encoder MODEL.pt OUT

OUT gets the model and `card.json`; `bot/answers/encoder` is where the bot reads them.
"""

import argparse
import datetime as dt
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import normalize

from bot.answers.onnx_model import FILES
from bot.answers.reader import FOLDER
from tests.training.bert import LAYERS, CrossEncoder
from tests.training.export import TRAINED_ON, digest, write
from tests.training.rounding import as_int8, samples, smooth

_EXAMPLE = torch.ones((1, 8), dtype=torch.long)


class Encoder(nn.Module):
    """The mean over a text's tokens, of length one."""

    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor) -> Tensor:
        """Return the vector of one text, of shape (1, width)."""
        found: Tensor = normalize(
            self.model.mean(tokens, torch.ones_like(tokens), torch.zeros_like(tokens)), dim=1
        )
        return found


def export(checkpoint: Path, out: Path) -> None:
    """Write the model as int8."""
    model = CrossEncoder(LAYERS, dropout=0.0)
    saved = torch.load(checkpoint, weights_only=True)
    model.load_state_dict(saved["model"])
    out.mkdir(parents=True, exist_ok=True)
    plain = out / "float.onnx"
    smooth(model.eval(), lambda: _read_samples(model))
    torch.onnx.export(
        Encoder(model),
        (_EXAMPLE,),
        str(plain),
        input_names=["tokens"],
        output_names=["vector"],
        dynamic_axes={"tokens": {1: "length"}},
        opset_version=17,
        dynamo=False,
    )
    as_int8(plain, out / "model.onnx")
    plain.unlink()
    card = {
        "model": f"bi-encoder, {LAYERS} layers of 384, from all-MiniLM-L6-v2",
        "trained_on": TRAINED_ON,
        "training": saved["state"],
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "make train",
        "sha256": {name: digest(out / name) for name in FILES},
    }
    write(out / "card.json", card)


def _read_samples(model: CrossEncoder) -> None:
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    for question, window in samples():
        for text in (question, window.in_context):
            tokens = torch.tensor([tokenizer.encode(text).ids])
            model.mean(tokens, torch.ones_like(tokens), torch.zeros_like(tokens))


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    export(given.checkpoint, given.out)


if __name__ == "__main__":
    main()
