"""Questions with one word in place of another, which a window that answered answers no more.

A name that question and window share becomes another one of the episode, a number one near it, or
a word its opposite, neither of which the window has: the commonest ways in which people made
questions of SQuAD 2.0 that nothing answers (Rajpurkar and others, Know What You Don't Know, 2018,
table 2).
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tests.training.episodes import Episode
from tests.training.sampling import Pair

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
# Names within a sentence: its first word has a capital whatever it is.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w+#]{2,}(?: [A-Z][\w+#]+){0,2}")
# Whole numbers alone: of 10,000 or 1.5 nothing is changed.
_NUMBER = re.compile(r"(?<![\w.,])\d{1,9}(?!\w|[.,]\d)")
_APART = (-3, -2, -1, 1, 2, 5)
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty")
_OPPOSITES = (
    ("first", "last"), ("before", "after"), ("best", "worst"),
    ("better", "worse"), ("pros", "cons"), ("advantages", "drawbacks"), ("benefit", "downside"),
    ("benefits", "downsides"), ("loves", "hates"), ("easy", "hard"), ("easier", "harder"),
    ("faster", "slower"), ("cheaper", "dearer"), ("bigger", "smaller"), ("biggest", "smallest"),
    ("started", "stopped"), ("increase", "decrease"), ("strengths", "weaknesses"),
)  # fmt: skip
_OPPOSITE = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}
_YES_NO = re.compile(
    r"(is|are|was|were|do|does|did|can|could|has|have|should|will|would)\b", re.IGNORECASE
)
_NEAREST = 8  # names that are likest to one: of one kind, as a rule


class Swaps:
    """Makes pairs that differ from right ones by a word, the same ones for the same draw."""

    def __init__(self, embed: Embed) -> None:
        """Take what gives texts vectors of length one; like names are swapped."""
        self._embed = embed
        self._names: dict[int, tuple[list[str], NDArray[np.float32]]] = {}

    def of(self, episode: Episode, group: Sequence[Pair], draw: random.Random) -> list[Pair]:
        """Return at most one pair: a changed question beside a window that answers the other.

        `group` are a question's pairs on an episode.
        """
        good = [pair for pair in group if pair.answers]
        if not good:
            return []
        pair = draw.choice(good)
        changed = list(self._changed(pair, episode, draw))
        return [Pair(draw.choice(changed), pair.window, answers=False)] if changed else []

    def _changed(self, pair: Pair, episode: Episode, draw: random.Random) -> Iterator[str]:
        window = " ".join(pair.window)
        yield from self._with_other_names(pair.question, window, episode, draw)
        for found in re.finditer(_NUMBER, pair.question):
            near = [str(abs(int(found[0]) + apart)) for apart in _APART]
            yield from _swapped(pair.question, found, near, window, draw)
        for found in re.finditer(r"\w+", pair.question):
            word = found[0].lower()
            if word in _COUNTS:
                yield from _swapped(pair.question, found, _COUNTS, window, draw)
            opposite = _OPPOSITE.get(word)
            if opposite and not _says(window, opposite) and not _YES_NO.match(pair.question):
                yield _replaced(pair.question, found, opposite)

    def _with_other_names(
        self, question: str, window: str, episode: Episode, draw: random.Random
    ) -> Iterator[str]:
        names, vectors = self._of_episode(episode)
        for at, name in enumerate(names):
            found = _word(name).search(question)
            if found is None or not _says(window, name):
                continue
            order = np.argsort(-(vectors @ vectors[at]), kind="stable")
            near = (names[one] for one in order if not _alike(names[one], name))
            others = [one for one in near if not _says(window, one)][:_NEAREST]
            if others:
                yield _replaced(question, found, draw.choice(others))

    def _of_episode(self, episode: Episode) -> tuple[list[str], NDArray[np.float32]]:
        if id(episode) not in self._names:
            names = _names(episode)
            self._names[id(episode)] = names, self._embed(names)
        return self._names[id(episode)]


def _names(episode: Episode) -> list[str]:
    """Return what is named twice or more within sentences of an episode.

    What is commoner in lower case is a word that now and then has a capital.
    """
    texts = [passage.text for passage in episode.passages]
    named = Counter(chain.from_iterable(_NAME.findall(text) for text in texts))
    words = Counter(chain.from_iterable(re.findall(r"[a-z]+", text) for text in texts))
    return [one for one, count in named.items() if count > max(1, words[one.lower()])]


def _swapped(
    question: str, found: re.Match[str], others: Sequence[str], window: str, draw: random.Random
) -> Iterator[str]:
    """Yield the question with another number, where the window has this one."""
    absent = [one for one in others if not _says(window, one)]
    if _says(window, found[0]) and absent:
        yield _replaced(question, found, draw.choice(absent))


def _says(window: str, words: str) -> bool:
    return _word(words).search(window) is not None


@lru_cache(1 << 16)
def _word(words: str) -> re.Pattern[str]:
    """Return a pattern of whole words, however they are written."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)


def _alike(one: str, other: str) -> bool:
    """Return whether two names may be of the same: they share the beginning of a word."""
    return any(
        left[:3] == right[:3] for left in one.lower().split() for right in other.lower().split()
    )


def _replaced(question: str, found: re.Match[str], other: str) -> str:
    word = other if found[0] != found[0].lower() else other.lower()
    return question[: found.start()] + word + question[found.end() :]
