"""The weights of a model that ships, as numbers to train on from: rounded once, to eight bits."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx.numpy_helper import to_array

_MATMUL, _LOGIT = "/MatMul_quant", "logit.weight_Transposed"


def checkpoint(path: Path) -> dict[str, Any]:
    """Return what a checkpoint holds, or what a folder with an exported model gives back of it."""
    return _thawed(path) if path.is_dir() else torch.load(path, weights_only=True)


def _thawed(folder: Path) -> dict[str, Any]:
    """Return what a checkpoint holds, of the `model.onnx` and the card of a folder.

    Its `model` has the weights by their names, its `state` what the card says of its last round.
    """
    graph = onnx.load(str(folder / "model.onnx")).graph
    held = {one.name.removeprefix("model."): to_array(one) for one in graph.initializer}
    found = {name: one for name, one in held.items() if name.endswith((".weight", ".bias"))}
    for name in ("words.weight", "places.weight", "segments.weight", _LOGIT):
        if f"{name}_quantized" in held:
            found[name] = _whole(held, name)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.endswith(_MATMUL):
            name = node.name.removesuffix(_MATMUL).removeprefix("/model").strip("/")
            name = name.replace("/", ".")
            whole = _whole(held, node.input[1].removesuffix("_quantized"))
            found[f"{name}.weight"] = whole.T * held.get(f"{name}.inverse", np.float32(1))
    if _LOGIT in found:
        found["logit.weight"] = found.pop(_LOGIT).T
    weights = {
        name: torch.from_numpy(np.array(one, np.float32, order="C")) for name, one in found.items()
    }
    told = json.loads((folder / "card.json").read_text(encoding="utf-8"))["training"]
    return {"model": weights, "state": told[0] if isinstance(told, list) else told}


def _whole(held: dict[str, Any], name: str) -> Any:
    rounded, zero = (
        held[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point")
    )
    return (rounded - zero) * held[f"{name}_scale"]
