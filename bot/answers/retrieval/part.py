"""What one episode brings to a search: made once, when the episode comes, and kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from bot.answers.language.thesaurus import Thesaurus
from bot.answers.meanings import Meanings
from bot.answers.retrieval.enumerations import Enumeration, enumerations
from bot.answers.retrieval.windows import Window, windows
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Episode
from bot.search.passages import Kind, Passage, passages
from bot.search.postings import Postings
from bot.search.tokens import stem, tokens, words

EDITION = "part 2"  # goes up when the arrays become others, those of postings too
KINDS = tuple(Kind)
Numbers = NDArray[np.int32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The passages and windows of an episode, as arrays.

    A row of `passages` is its kind (a place in `KINDS`), turn and paragraph, as in `Passage`; one
    of `windows` its passage, and its first and last sentence, all counted from 0 within the
    episode. `postings` are the words of windows, `meanings` their vectors, without columns where
    there are none. `words` are all words of the episode, each once, a line each; `lists` its
    enumerations, packed.
    """

    passages: Numbers
    windows: Numbers
    meanings: Meanings
    words: Bytes
    lists: Bytes
    postings: Postings

    @classmethod
    def of(cls, episode: Episode, thesaurus: Thesaurus, vectors: WordVectors) -> "Part":
        """Read an episode; `thesaurus` teaches house words."""
        pieces = passages(episode)
        found = windows(pieces)
        texts = [one.text for one in found]
        said = (_with_names(one, text) for one, text in zip(found, texts, strict=True))
        return cls(
            passages=_table([(KINDS.index(one.kind), one.turn, one.paragraph) for one in pieces]),
            windows=_table([(one.number, one.first, one.last) for one in found]),
            meanings=vectors.meanings(texts),
            words=_packed(sorted(set(_words(pieces)))),
            lists=pack_lists(list(enumerations(pieces))),
            postings=Postings.of(tokens(indexed(one, thesaurus)) for one in said),
        )

    @classmethod
    def from_arrays(cls, arrays: Sequence[NDArray[Any]]) -> "Part":
        """Return the part that has these arrays."""
        pieces, found, meanings, said, lists, *postings = arrays
        return cls(pieces, found, meanings, said, lists, Postings(*postings))

    def arrays(self) -> Iterator[NDArray[Any]]:
        """Yield its arrays in the order of its fields."""
        yield from (self.passages, self.windows, self.meanings, self.words, self.lists)
        yield from self.postings.arrays()


def indexed(text: str, thesaurus: Thesaurus) -> str:
    """Return a text with the concepts of a thesaurus as words of their own."""
    if not thesaurus.knows_any:
        return text
    concepts = thesaurus.concepts([stem(word) for word in words(text)])
    return " ".join((text, *_marks(concepts)))


def pack_lists(lists: Sequence[Enumeration]) -> Bytes:
    """Return lists as bytes."""
    return np.frombuffer(msgspec.msgpack.encode(lists), np.uint8)


def unpack_lists(packed: Bytes) -> list[Enumeration]:
    """Return the lists in some bytes."""
    return msgspec.msgpack.decode(packed.tobytes(), type=list[Enumeration])


def _with_names(window: Window, text: str) -> str:
    return " ".join((window.asked, text, *window.passage.names))


def _words(pieces: Sequence[Passage]) -> Iterator[str]:
    yield from words(" ".join({one.segment for one in pieces}))
    for one in pieces:
        yield from words(f"{one.own} {' '.join(one.names)}")


def _marks(concepts: Iterable[str]) -> list[str]:
    """Return concepts as words that no text holds."""
    return [f"concept{concept.replace('_', '')}" for concept in sorted(concepts)]


def _table(rows: Sequence[tuple[int, int, int]]) -> Numbers:
    return np.array(rows, np.int32).reshape(-1, 3)


def _packed(lines: Iterable[str]) -> Bytes:
    return np.frombuffer("\n".join(lines).encode("utf-8", "replace"), np.uint8)
