"""Inflections: the base forms that an English word may be an inflection of."""

import re
from collections.abc import Iterator

# Chosen by hand: what is left of a word without its ending has at least two letters ("LLMs").
_SHORTEST = 2
# An ending, and what may stand in its place in the base form. The stemmer of the index goes
# further: for it a universe is a university, and an organ an organization.
_ENDINGS = (
    (re.compile(r"ies$"), ("y",)),
    (re.compile(r"es$"), ("", "is")),
    (re.compile(r"(?<!s)s$"), ("",)),
    (re.compile(r"(?:ing|ings|ed)$"), ("", "e")),
    (re.compile(r"([b-df-hj-np-tv-z])\1(?:ing|ings|ed)$"), (r"\1",)),
    (re.compile(r"ations?$"), ("e",)),
    (re.compile(r"ions?$"), ("", "e")),
)
_BRITISH = re.compile(r"(?<=.{3})is(?=(?:e[ds]?|ing|ations?)$)")


def inflections(word: str) -> tuple[str, ...]:
    """Return a word in lower case and its possible base forms, the word itself first.

    Two words are taken for inflections of one if they have a form in common: tokenize, tokenizes,
    tokenising and tokenization; not universe and university.
    """
    return tuple(dict.fromkeys(_forms(_BRITISH.sub("iz", word))))


def _forms(word: str) -> Iterator[str]:
    yield word
    if any(map(str.isdigit, word)):
        return
    for ending, bases in _ENDINGS:
        if found := ending.search(word):
            yield from (
                form
                for base in bases
                if len(form := word[: found.start()] + found.expand(base)) >= _SHORTEST
            )
