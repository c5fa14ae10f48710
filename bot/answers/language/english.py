"""Which words are general English: those that the reader's tokenizer knows, and what they make.

Its vocabulary is BERT's (Devlin et al., 2019; Apache-2.0): 30,522 pieces, of which about 22,000
are the commonest words of Wikipedia and of books. Names, jargon and slips come in several pieces.
"""

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.answers.language.inflections import inflections
from bot.answers.reader import TOKENIZER

# What makes another word of a word: greener, helper, readable, stingy. What is left of it has at
# least so many letters. Both chosen by hand.
_DERIVED = re.compile(
    r"(?:able|al|er|ers|est|ful|ible|ish|less|ly|ment|ness|y|i[sz](?:e|ed|er|es|ing))s?$"
)
_SHORTEST = 3
_REMEMBERED = 1_024


@cache
def english() -> frozenset[str]:
    """Return the words, in small letters; none where the vocabulary is missing or damaged."""
    try:
        vocabulary = json.loads(TOKENIZER.read_bytes())["model"]["vocab"]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(word for word in vocabulary if word.isalpha())


@lru_cache(_REMEMBERED)
def is_english(word: str) -> bool:
    """Return whether a word in small letters is general English, or is made of a word that is."""
    return not english().isdisjoint(_made_of(word))


def _made_of(word: str) -> Iterator[str]:
    for form in inflections(word):
        yield form
        base = _DERIVED.sub("", form)
        if base != form and len(base) >= _SHORTEST:
            yield from (base, f"{base}e", f"{base}y")
            if base[-1] == base[-2]:
                yield base[:-1]
