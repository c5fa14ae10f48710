"""Whether two words differ by a slip of the pen, or are neighbours that mean different things."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

# Chosen by hand: one slip in four letters, as for `Vocabulary`.
_LIKENESS = 0.74
# English prefixes that turn a word into another of its kind. `em` and `en` are left out: embedding
# and imbedding are one word.
_PREFIXES = tuple(
    """
    anti auto bi centi co counter cyber de deca di dis ex exo extra femto giga hemi hetero homo
    hyper hypo il im in inter intra ir iso kilo macro mega meta micro mid milli mini mis mono multi
    nano neo non octa omni out over para penta peri pico poly post pre pro proto pseudo quad re
    retro semi sub super supra tera tetra trans tri ultra un under uni up vice
""".split()
)
# Endings of counterparts: lessor and lessee, harmful and harmless, sulfate and sulfide.
_ENDINGS = (
    ("er", "ee"),
    ("or", "ee"),
    ("ful", "less"),
    ("ate", "ite"),
    ("ate", "ide"),
    ("ite", "ide"),
)
# What is left of a word must be one by itself; shorter remainders are no words: "re" + "al".
_SHORTEST_REST = 4
_DIGITS = re.compile(r"\d+")


def differ_in_meaning(word: str, other: str) -> bool:
    """Return whether two unlike words are told apart by digits, a single letter or an affix."""
    if _DIGITS.findall(word) != _DIGITS.findall(other):
        return True
    return min(len(word), len(other)) <= 1 or _prefixes_differ(word, other) or _opposed(word, other)


def is_misspelt(
    said: Sequence[str], meant: Sequence[str], is_english: Callable[[str], bool]
) -> bool:
    """Return whether a name of one or more words is another one misspelt.

    A word too many, too few, or another word of English in its place is no slip of the pen.
    """
    common = Counter(said) & Counter(meant)
    left, right = list(_without(said, common)), list(_without(meant, common))
    if not left or not right:
        return False
    if len(left) != len(right):
        # "fine tunning" for "finetuning": what is written in one or in two.
        left_real = all(map(is_english, left))
        return not left_real and _alike("".join(left), "".join(right))
    return all(
        not is_english(word) and _alike(word, other)
        for word, other in zip(left, right, strict=True)
    )


def _alike(word: str, other: str) -> bool:
    similarity = DamerauLevenshtein.normalized_similarity(word, other)
    return similarity >= _LIKENESS and not differ_in_meaning(word, other)


def _without(words: Sequence[str], common: Counter[str]) -> Iterator[str]:
    left = common.copy()
    for word in words:
        if left[word] > 0:
            left[word] -= 1
        else:
            yield word


def _prefixes_differ(word: str, other: str) -> bool:
    """Whether the words are one stem with two prefixes, or with a prefix and without."""
    return any(
        prefix != another and DamerauLevenshtein.distance(rest, remains) <= 1
        for prefix, rest in _splits(word)
        for another, remains in _splits(other)
    )


def _splits(word: str) -> Iterator[tuple[str, str]]:
    yield "", word
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_REST:
            yield prefix, word[len(prefix) :]


def _opposed(word: str, other: str) -> bool:
    return any(
        first.endswith(one) and second.endswith(two) and first[: -len(one)] == second[: -len(two)]
        for one, two in _ENDINGS
        for first, second in ((word, other), (other, word))
    )
