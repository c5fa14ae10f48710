"""Round a model to eight bits, so that it says nearly what it says in float.

Activations are rounded by the largest number of a text, and a few channels are far larger than the
rest. They are divided, and the weights that meet them multiplied, before anything is rounded: Xiao
and others, SmoothQuant, 2023. Weights take all eight bits: with seven, for the sake of processors
whose sums of products of eight may overflow, logits were wrong by .7 (standard deviation, on
250 pairs of `train-f`), and with eight by .2, on such a processor; smoothed, by .1.
"""

from collections.abc import Callable
from pathlib import Path

import onnx
import torch
import yaml
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn.functional import linear

from bot.answers.retrieval.windows import Window, windows
from bot.episodes import load
from bot.search.passages import passages
from tests.training.bert import CrossEncoder

ROOT = Path(__file__).parents[2]
MOST_BYTES = 25_000_000
_OUTSIDE = 65_536  # bytes of a weight; chosen by hand: a page is 4,096
# Of the error that rounding activations makes, attention's own layers make a tenth.
_SMOOTHED = ("wide", "narrow")
# How much of the spread goes into the weights. Of .6 to .85, the error was least from .7 to .8.
_ALPHA = 0.75


class Smoothed(nn.Linear):
    """A linear layer whose input is multiplied by `inverse`, and whose weights make up for it."""

    def __init__(self, plain: nn.Linear, largest: Tensor) -> None:
        """Take a layer, and the largest number of each channel that it has been given."""
        super().__init__(plain.in_features, plain.out_features)
        weights = plain.weight.detach()
        heaviest = weights.abs().amax(0).clamp(min=1e-4)
        scale = largest.clamp(min=1e-4) ** _ALPHA / heaviest ** (1 - _ALPHA)
        scale = scale / scale.mean()
        self.register_buffer("inverse", 1 / scale)
        self.weight = nn.Parameter(weights * scale, requires_grad=False)
        self.bias = nn.Parameter(plain.bias.detach(), requires_grad=False)

    def forward(self, states: Tensor) -> Tensor:
        """Do what the plain layer did."""
        return linear(states * self.inverse, self.weight, self.bias)


def samples() -> list[tuple[str, Window]]:
    """Return questions, each with a window of the episode of the repository, for a model to read.

    Which window answers makes no difference: what counts is how large activations become.
    """
    told = windows(passages(load(ROOT / "knowledge").episodes[0]))
    rows = yaml.safe_load((ROOT / "tests" / "evaluation" / "dev.yaml").read_text("utf-8"))
    return list(zip((row["question"] for row in rows), told, strict=False))


@torch.no_grad()
def smooth(model: CrossEncoder, read: Callable[[], None]) -> None:
    """Smooth a model's layers in place, by what they are given while `read` has it read."""
    found: dict[nn.Linear, Tensor] = {}

    def see(layer: nn.Linear, given: tuple[Tensor], _out: Tensor) -> None:
        largest = given[0].flatten(0, -2).abs().amax(0)
        found[layer] = torch.maximum(found.get(layer, largest), largest)

    places = [(layer, name) for layer in model.layers for name in _SMOOTHED]
    hooks = [getattr(layer, name).register_forward_hook(see) for layer, name in places]
    read()
    for hook in hooks:
        hook.remove()
    for layer, name in places:
        plain = getattr(layer, name)
        setattr(layer, name, Smoothed(plain, found[plain]))


def as_int8(plain: Path, out: Path) -> None:
    """Write a model of `plain`, an ONNX file in float, with weights of eight bits.

    The larger ones stand in a file of their own, `out` with `.data` after its name.
    """
    ready, rounded = (out.with_name(f"{name}.onnx") for name in ("prepared", "rounded"))
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(rounded), weight_type=QuantType.QInt8, per_channel=True)
    weights = out.with_name(f"{out.name}.data")
    weights.unlink(missing_ok=True)  # onnx would write after what is there
    onnx.save_model(
        onnx.load(str(rounded)),
        str(out),
        save_as_external_data=True,
        location=weights.name,
        size_threshold=_OUTSIDE,
    )
    weights.chmod(0o644)  # onnx lets nobody else read it
    ready.unlink()
    rounded.unlink()
    onnx.checker.check_model(str(out))
    if (size := out.stat().st_size + weights.stat().st_size) > MOST_BYTES:
        raise SystemExit(f"{out} has {size} bytes, more than {MOST_BYTES}")
