"""Pairs of a question and a window as tokens, the same for training and for answering."""

from pathlib import Path

from tokenizers import Tokenizer

from bot.answers.reader.said import Said

# A pair costs time for each token; a window of 60 words with its question comes to about 95.
MOST_TOKENS = 128
_QUESTION, _ASKED = 48, 28
# So many characters hold more tokens than are read; longer input is cut before it is tokenized.
_CHARACTERS = 2_000


class Pairs:
    """Makes `[CLS] question [SEP] asked before [SEP] speaker: window [SEP]`."""

    def __init__(self, tokenizer: Path) -> None:
        """Read a tokenizer file of the `tokenizers` library."""
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a question ends nothing
        numbers: dict[str, int] = self._tokenizer.get_vocab()
        self._first, self._end = numbers["[CLS]"], numbers["[SEP]"]

    def row(self, question: str, window: Said) -> tuple[list[int], int]:
        """Return the tokens of one pair, and how many of them belong to the question."""
        asks = [self._first, *self._read(question)[:_QUESTION], self._end]
        before = [*self._read(window.asked)[-_ASKED:], self._end] if window.asked else []
        said = f"{window.speaker}: {window.text}" if window.speaker else window.text
        room = MOST_TOKENS - len(asks) - len(before) - 1
        return [*asks, *before, *self._read(said)[:room], self._end], len(asks)

    def _read(self, text: str) -> list[int]:
        whole = text[:_CHARACTERS].encode("utf-8", "replace").decode()  # half a surrogate pair
        found: list[int] = self._tokenizer.encode(whole, add_special_tokens=False).ids
        return found
