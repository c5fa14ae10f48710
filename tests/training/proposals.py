"""What is proposed to the reader: tiles by words in common, by nearness of embeddings, or both."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.search.index import Index
from tests.training.bert import CrossEncoder
from tests.training.episodes import Episode, Run, tiles

Floats = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Floats]
PROPOSERS = ("bm25", "dense", "both")


class Embeddings:
    """Sentence embeddings of the encoder, of length one."""

    def __init__(self, model: CrossEncoder, tokenizer: Path) -> None:
        self._model = model.eval()
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(128)
        self._tokenizer.enable_padding()

    @torch.no_grad()
    def of(self, texts: Sequence[str]) -> Floats:
        """Return an embedding for each text."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = np.zeros((len(texts), 384))
        for start in range(0, len(texts), 32):
            chosen = order[start : start + 32]
            read = self._tokenizer.encode_batch([texts[at] for at in chosen])
            tokens = torch.tensor([one.ids for one in read])
            mask = torch.tensor([one.attention_mask for one in read])
            mean = self._model.mean(tokens, mask, torch.zeros_like(tokens))
            found[chosen] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return found


class Remembered:
    """Embeddings that are kept in a file, since those of all episodes take minutes."""

    def __init__(self, embed: Embed, path: Path) -> None:
        self._embed, self._path = embed, path
        self._known: dict[str, Floats] = {}
        if path.exists():
            with np.load(path, allow_pickle=False) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def of(self, texts: Sequence[str]) -> Floats:
        """Return an embedding for each text."""
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            vectors = self._embed(new).astype(np.float32)
            self._known |= dict(zip(new, vectors, strict=True))
        return np.array([self._known[text] for text in texts])

    def save(self) -> None:
        """Keep what was embedded."""
        texts, vectors = list(self._known), list(self._known.values())
        np.savez(self._path, texts=np.array(texts), vectors=np.array(vectors))


class Proposals:
    """The tiles of an episode, and scores of each for a question."""

    def __init__(self, episode: Episode, embed: Embed | None) -> None:
        self.tiles = [tile for passage in episode.passages for tile in tiles(passage)]
        with_asked = [f"{tile.passage.asked} {tile.window.text}" for tile in self.tiles]
        self._words = Index.build(with_asked)
        self._passages = Index.build([f"{one.asked} {one.text}" for one in episode.passages])
        self._owner = [at for at, one in enumerate(episode.passages) for _ in tiles(one)]
        self._embed = embed
        self._meanings = embed([tile.window.text for tile in self.tiles]) if embed else None

    def best(self, question: str, most: int, proposer: str) -> list[Run]:
        """Return the best tiles for a question by one of `PROPOSERS`, best first."""
        total = np.zeros(len(self.tiles))
        if proposer != "dense":
            total += _standard(self._words.scores(question))
            total += 0.5 * _standard(self._passages.scores(question)[self._owner])
        if proposer != "bm25":
            if self._embed is None or self._meanings is None:
                raise ValueError("no embeddings were given")
            asked = self._embed([question])[0]
            total += 3.0 * _standard(self._meanings @ asked)
        order = np.argsort(-total, kind="stable")
        return [self.tiles[at] for at in order[:most]]


def _standard(scores: Floats) -> Floats:
    """Return scores with mean 0 and deviation 1, so that they can be added."""
    found: Floats = (scores - scores.mean()) / (scores.std() + 1e-9)
    return found
