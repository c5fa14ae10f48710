"""Export the encoder: int8 ONNX that gives a text's vector, and its card.

    python -m tests.training.export_encoder MODEL.pt OUT

OUT gets `model.onnx` and `card.json`; `bot/answers/encoder` is where the bot reads them.
"""

import argparse
import datetime as dt
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn.functional import normalize

from tests.training.bert import LAYERS, CrossEncoder
from tests.training.export import MOST_BYTES, TRAINED_ON, digest, write

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
    plain, ready = out / "float.onnx", out / "prepared.onnx"
    torch.onnx.export(
        Encoder(model.eval()),
        (_EXAMPLE,),
        str(plain),
        input_names=["tokens"],
        output_names=["vector"],
        dynamic_axes={"tokens": {1: "length"}},
        opset_version=17,
        dynamo=False,
    )
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready), str(out / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True,
        reduce_range=True,
    )  # fmt: skip
    for left in (plain, ready):
        left.unlink()
    onnx.checker.check_model(str(out / "model.onnx"))
    size = (out / "model.onnx").stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"model.onnx has {size} bytes, more than {MOST_BYTES}")
    card = {
        "model": f"bi-encoder, {LAYERS} layers of 384, from all-MiniLM-L6-v2",
        "trained_on": TRAINED_ON,
        "training": saved["state"],
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "make train",
        "sha256": {"model.onnx": digest(out / "model.onnx")},
    }
    write(out / "card.json", card)


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    export(given.checkpoint, given.out)


if __name__ == "__main__":
    main()
