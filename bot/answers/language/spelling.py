"""The words of a library, and the mending of words that are near one of them."""

from collections.abc import Iterable
from functools import cache, cached_property
from itertools import pairwise
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answers.language.slips import differ_in_meaning
from bot.answers.language.word_frequencies import SAID, Background
from bot.search.tokens import stem, words

# Chosen by hand: shorter words have too many neighbours, and nobody asks for longer ones. A
# likeness of .74 is one slip in four letters; a word of general English needs .85.
_SHORTEST = 4
_LONGEST = 30
_LIKENESS = 0.74
_LIKENESS_OF_WORDS = 0.85


class Vocabulary:
    """Every word of some texts, with compounds: `fine-tuning` is known as `finetuning` too."""

    def __init__(
        self, texts: Iterable[str], background: Background, common: Iterable[str] = ()
    ) -> None:
        """Learn the words of texts; `common` ones may be meant as well, but are not theirs."""
        self._background = background
        self._common = {word: (word,) for word in common if len(word) >= _SHORTEST}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._within = cache(self._of_length)
        for text in texts:
            said = words(text)
            for first, second in pairwise(said):
                self._forms.setdefault(first + second, (first, second))
            self._forms.update((word, (word,)) for word in said)

    def __contains__(self, stemmed: str) -> bool:
        return stemmed in self.stems

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all single words."""
        return frozenset(stem(form[0]) for form in self._forms.values() if len(form) == 1)

    def mended(self, word: str) -> tuple[str, ...]:
        """Return the word itself if it is one, else the nearest word or compound of the library.

        A word of general English that is hardly ever said counts as one too, unless it is a
        single slip away from a word of the library.
        """
        stemmed = stem(word)
        foreign = self._background.foreign(stemmed)
        if stemmed in self.stems or (not foreign and self._background.count(stemmed) >= SAID):
            return (word,)
        if word in self._forms:
            return self._forms[word]
        digits = any(map(str.isdigit, word))
        if not _SHORTEST <= len(word) <= _LONGEST or digits or not word.isascii():
            return (word,)
        likeness = _LIKENESS if foreign else _LIKENESS_OF_WORDS
        near = process.extract(
            word,
            self._within(ceil(len(word) * likeness), int(len(word) / likeness)),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=likeness,
        )
        meant = (form for form, *_ in near if not differ_in_meaning(word, form))
        return next((self._spellings[form] for form in meant), (word,))

    def joined(self, first: str, second: str) -> str:
        """One word of the library that stands here in two, such as `e mail`; else nothing."""
        whole = first + second
        single = self._forms.get(whole) == (whole,) and second
        return whole if single and not {stem(first), stem(second)} <= self.stems else ""

    def _of_length(self, least: int, most: int) -> list[str]:
        """Return the spellings of so many letters; others are too many slips away."""
        return [form for form in self._spellings if least <= len(form) <= most]

    @cached_property
    def _spellings(self) -> dict[str, tuple[str, ...]]:
        known = {form: said for form, said in self._forms.items() if len(form) >= _SHORTEST}
        return self._common | known
