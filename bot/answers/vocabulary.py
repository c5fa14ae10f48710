"""The words of a library, and the mending of words that are near one of them."""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.answers.background import Background
from bot.search.tokens import stem, words

# Shorter words have too many neighbours; a likeness of .75 is one slip in four letters.
_SHORTEST = 4
_LIKENESS = 0.74


class Vocabulary:
    """Every word of some texts, with compounds: `fine-tuning` is known as `finetuning` too."""

    def __init__(self, texts: Iterable[str], background: Background) -> None:
        self._background = background
        self._forms: dict[str, tuple[str, ...]] = {}
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
        """The word itself if it is one, else the nearest word or compound of the library."""
        stemmed = stem(word)
        if stemmed in self.stems or not self._background.foreign(stemmed):
            return (word,)
        if word in self._forms:
            return self._forms[word]
        if len(word) < _SHORTEST or word.isdigit():
            return (word,)
        near = process.extractOne(
            word,
            self._spellings,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_LIKENESS,
        )
        return self._forms[near[0]] if near else (word,)

    def joined(self, first: str, second: str) -> str:
        """One word of the library that stands here in two, such as `e mail`; else nothing."""
        whole = first + second
        single = self._forms.get(whole) == (whole,) and second
        return whole if single and not {stem(first), stem(second)} <= self.stems else ""

    @cached_property
    def _spellings(self) -> list[str]:
        return [form for form in self._forms if len(form) >= _SHORTEST]
