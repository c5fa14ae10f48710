"""The words of a library, and the mending of words that are near one of them."""

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from math import ceil
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answers.language.english import english
from bot.answers.language.slips import differ_in_meaning
from bot.answers.language.word_list import WordList
from bot.search.tokens import stem, words

# Chosen by hand: shorter words have too many neighbours, and nobody asks for longer ones. A
# likeness of .74 is one slip in four letters.
_SHORTEST = 4
_LONGEST = 30
_LIKENESS = 0.74
# Words that are looked at; of equal likeness first those that begin alike, as most slips do.
_NEIGHBOURS = 5
# Of so many words, only those are looked at that begin alike: slips in the first letter are rare,
# and comparing 20,000 words takes 7 ms, 300,000 a tenth second.
_MANY = 5_000
# Chosen by hand: `pre` is the shortest word that others are written together with.
_SHORTEST_PART = 3
_REMEMBERED = 1_024  # words
_LETTERS = 4  # whose words are kept; of half a million, some ten thousand begin with one


class Vocabulary:
    """The words of some texts, and those that are meant by words that are none of them."""

    def __init__(
        self,
        knows: Callable[[str], bool],
        said: Callable[[], WordList],
        common: Iterable[str] = (),
    ) -> None:
        """Take what tells whether a stem is there, and what returns all words.

        `common` words may be meant as well, but are not the texts' own.
        """
        self._said, self._common = said, tuple(common)
        # A question's words are looked at more than once.
        self._knows = lru_cache(_REMEMBERED)(knows)
        self._nearest = lru_cache(_REMEMBERED)(self._nearest_of_all)
        self._beginning = lru_cache(_LETTERS)(self._spellings)

    @classmethod
    def of(cls, texts: Iterable[str], common: Iterable[str] = ()) -> Self:
        """Learn the words of texts."""
        said = WordList.of(word for text in texts for word in words(text))
        stems = frozenset(map(stem, said))
        return cls(stems.__contains__, lambda: said, common)

    def __contains__(self, stemmed: str) -> bool:
        return self._knows(stemmed)

    def mended(self, word: str) -> tuple[str, ...]:
        """Return the word itself if it is one, its two parts, or else the nearest of the texts."""
        if self._knows(stem(word)) or word in english():
            return (word,)
        digits = any(map(str.isdigit, word))
        if not _SHORTEST <= len(word) <= _LONGEST or digits or not word.isascii():
            return (word,)
        return self._parts(word) or (self._nearest(word),)

    def joined(self, first: str, second: str) -> str:
        """One word of the library that stands here in two, such as `e mail`; else nothing."""
        whole = first + second
        apart = self._knows(stem(first)) and self._knows(stem(second))
        known = bool(second) and not apart and self._knows(stem(whole)) and whole in self._own
        return whole if known else ""

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the two words of the texts that are written here in one; else nothing."""
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        pairs = ((word[:at], word[at:]) for at in cuts)
        return next((pair for pair in pairs if all(self._knows(stem(one)) for one in pair)), ())

    def _nearest_of_all(self, word: str) -> str:
        """Return the nearest word of the texts."""
        least, most = ceil(len(word) * _LIKENESS), int(len(word) / _LIKENESS)
        spellings = self._beginning(word[0] if len(self._own) > _MANY else "")
        near = process.extract(
            word,
            [form for form in spellings if least <= len(form) <= most],
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_LIKENESS,
            limit=None,
        )
        near.sort(key=lambda one: (-one[1], one[0][0] != word[0]))
        meant = (form for form, *_ in near[:_NEIGHBOURS] if not differ_in_meaning(word, form))
        return next(meant, word)

    @cached_property
    def _own(self) -> WordList:
        return self._said()

    def _spellings(self, letter: str) -> list[str]:
        """Return what may be meant of the words that begin with a letter, or of all without one."""
        said = self._own.beginning(letter) if letter else self._own
        common = (word for word in self._common if word.startswith(letter))
        known = dict.fromkeys((*said, *common))  # all but the last are sorted, which is fast
        return sorted(word for word in known if len(word) >= _SHORTEST)
