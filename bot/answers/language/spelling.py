"""The words of a library, and the mending of words that are near one of them."""

from collections.abc import Iterable
from functools import cache, cached_property
from itertools import pairwise
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answers.language.english import english
from bot.answers.language.slips import differ_in_meaning
from bot.search.tokens import stem, words

# Chosen by hand: shorter words have too many neighbours, and nobody asks for longer ones. A
# likeness of .74 is one slip in four letters.
_SHORTEST = 4
_LONGEST = 30
_LIKENESS = 0.74


class Vocabulary:
    """Every word of some texts, with compounds: `fine-tuning` is known as `finetuning` too."""

    def __init__(self, texts: Iterable[str], common: Iterable[str] = ()) -> None:
        """Learn the words of texts; `common` ones may be meant as well, but are not theirs."""
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
        """Return the word itself if it is one, else the nearest word or compound of the library."""
        if stem(word) in self.stems or word in english():
            return (word,)
        if word in self._forms:
            return self._forms[word]
        digits = any(map(str.isdigit, word))
        if not _SHORTEST <= len(word) <= _LONGEST or digits or not word.isascii():
            return (word,)
        near = process.extract(
            word,
            self._within(ceil(len(word) * _LIKENESS), int(len(word) / _LIKENESS)),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_LIKENESS,
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
