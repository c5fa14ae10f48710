"""The passages and windows of a whole library, as arrays; each is made when it is looked at."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.answers.language.word_list import WordList
from bot.answers.meanings import Meanings
from bot.answers.retrieval.enumerations import Enumeration
from bot.answers.retrieval.part import KINDS, Bytes, Numbers, Part, unpack_lists
from bot.answers.retrieval.windows import Window, asked_before
from bot.episodes import Episode, Library
from bot.search import Index, saved
from bot.search.passages import Kind, Passage

# Episodes whose passages are kept at hand, and passages: what a thread is about, and what else it
# was near. Each holds its episode, half a megabyte.
_AT_HAND = 64
_FILE, _EDITION = "collection", "collection 1"  # the number goes up when the arrays become others


class Arrays(NamedTuple):
    """The parts of a library, joined.

    `passage_starts`, `window_starts` and `list_starts` are where the passages, windows and lists of
    each episode begin, and where the last ones end. In `windows`, passages count through all
    episodes. The rest is as in `Part`.
    """

    passage_starts: NDArray[np.int64]
    window_starts: NDArray[np.int64]
    list_starts: NDArray[np.int64]
    passages: Numbers
    windows: Numbers
    meanings: Meanings
    words: Bytes
    lists: Bytes

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        """Join the parts of episodes, in order."""
        passage_starts = _starts([len(one.passages) for one in parts])
        window_starts = _starts([len(one.windows) for one in parts])
        windows = _joined([one.windows for one in parts])
        windows[:, 0] += np.repeat(passage_starts[:-1], np.diff(window_starts)).astype(np.int32)
        return cls(
            passage_starts=passage_starts,
            window_starts=window_starts,
            list_starts=_starts([one.lists.size for one in parts]),
            passages=_joined([one.passages for one in parts]),
            windows=windows,
            meanings=_meanings([one.meanings for one in parts]),
            words=_words([one.words for one in parts]),
            lists=np.concatenate([np.empty(0, np.uint8), *(one.lists for one in parts)]),
        )


class Collection:
    """The episodes of a library, put together; it never changes, so threads may share it.

    Passages and windows count through all episodes, from 0, in the order of the library.
    """

    def __init__(self, library: Library, arrays: Arrays, index: Index) -> None:
        self.library, self.index, self._arrays = library, index, arrays
        self._of_episode = lru_cache(_AT_HAND)(self._passages_of)
        self._passage = lru_cache(_AT_HAND)(self._made)

    @classmethod
    def of(cls, library: Library, parts: Sequence[Part]) -> Self:
        """Put parts together, one for each episode, in order."""
        return cls(library, Arrays.of(parts), Index.merged([one.postings for one in parts]))

    @classmethod
    def open(cls, library: Library, folder: Path) -> Self:
        """Map what `save` left in a folder.

        Raises:
            UnreadableError: a file in it is missing, damaged, or of another edition.
        """
        arrays = Arrays(*saved.read(folder / _FILE, _EDITION))
        return cls(library, arrays, Index.open(folder))

    def save(self, folder: Path) -> None:
        """Save in a folder, for `open`; files that are there are replaced in one step each."""
        self.index.save(folder)
        saved.write(folder / _FILE, _EDITION, self._arrays)

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self._arrays.windows)

    @property
    def window_starts(self) -> NDArray[np.int64]:
        """Return where the windows of each episode begin, and where the last ones end."""
        return self._arrays.window_starts

    @property
    def meanings(self) -> Meanings:
        """Return the vectors of windows, of shape (windows, dimensions), or without columns."""
        return self._arrays.meanings

    @property
    def words(self) -> WordList:
        """Return all words of the library."""
        return WordList(self._arrays.words.tobytes())

    def episode_of(self, passage: int) -> int:
        """Return the place in the library of the episode that a passage stands in."""
        return int(np.searchsorted(self._arrays.passage_starts, passage, side="right")) - 1

    def windows_of(self, episode: int) -> slice:
        """Return the windows of an episode, by its place in the library."""
        return _run(self._arrays.window_starts, episode)

    def numbers(self, among: Sequence[int] | None) -> slice | NDArray[np.intp]:
        """Return the windows of some episodes, in order; of all, for None."""
        if among is None:
            return slice(None)
        if len(among) == 1:
            return self.windows_of(among[0])
        runs = [np.arange(one.start, one.stop) for one in map(self.windows_of, among)]
        return np.concatenate([np.empty(0, np.intp), *runs])

    def passages_of(self, episode: int) -> Sequence[Passage]:
        """Return the passages of an episode, by its place in the library."""
        return self._of_episode(episode)

    def lists_of(self, episode: int) -> list[Enumeration]:
        """Return the lists of an episode; their items count passages through all episodes."""
        first = int(self._arrays.passage_starts[episode])
        packed = self._arrays.lists[_run(self._arrays.list_starts, episode)]
        return [one.moved(first) for one in unpack_lists(packed)]

    def passage(self, number: int) -> Passage:
        """Return a passage."""
        return self._passage(number)

    def _made(self, number: int) -> Passage:
        # Not of `passages_of`: of a large library a question looks at a few passages of an episode.
        kind, turn, at = self._arrays.passages[number].tolist()
        return Passage(self.library.episodes[self.episode_of(number)], KINDS[kind], turn, at)

    def window(self, at: int) -> Window:
        """Return a window."""
        number, first, last = self._arrays.windows[at].tolist()
        passage = self.passage(number)
        return Window(number, passage, first, last, asked_before(passage))

    def turns_of(self, episode: int) -> Numbers:
        """Return the turns that an episode's windows stand in, of shape (windows,); rows: -1."""
        turns: Numbers = self._arrays.passages[self._arrays.windows[self.windows_of(episode), 0], 1]
        return turns

    def rows(self, among: Sequence[int] | None = None) -> list[Passage]:
        """Return the rows of the reference sheets of some episodes, the newest episode first."""
        places = range(len(self.library.entries)) if among is None else among
        sheets = [at for at in places if self.library.entries[at].terms]
        return [
            passage
            for episode in reversed(sheets)
            for passage in self.passages_of(episode)
            if passage.kind is Kind.TERM
        ]

    def _passages_of(self, episode: int) -> tuple[Passage, ...]:
        whole: Episode = self.library.episodes[episode]
        rows = self._arrays.passages[_run(self._arrays.passage_starts, episode)]
        return tuple(Passage(whole, KINDS[kind], turn, at) for kind, turn, at in rows.tolist())


def _run(starts: NDArray[np.int64], at: int) -> slice:
    return slice(int(starts[at]), int(starts[at + 1]))


def _starts(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return where each of some runs begins, and where the last one ends."""
    return np.array([0, *accumulate(sizes)], np.int64)


def _joined(tables: Sequence[Numbers]) -> Numbers:
    return np.concatenate([np.empty((0, 3), np.int32), *tables])


def _meanings(tables: Sequence[Meanings]) -> Meanings:
    """Join vectors; where one episode has none, none has."""
    wide = min((one.shape[1] for one in tables if len(one)), default=0)
    empty: Meanings = np.empty((0, wide), np.int8)
    return np.concatenate([empty, *(one[:, :wide] for one in tables if len(one))])


def _words(texts: Sequence[Bytes]) -> Bytes:
    known = {word for one in texts for word in one.tobytes().split(b"\n")}
    return np.frombuffer(b"\n".join(sorted(known - {b""})), np.uint8)
