"""Whether a question means the same as one that was asked before.

Both have to hold the same telling words, in the same order, and to ask in the same manner; the
encoder then has to lay them near each other. Words come first: *is the train punctual* and *is the
bus punctual* are nearer to each other than many a paraphrase.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.answers.encoder.encoder import Encoder
from bot.answers.question.parse import READ, Form, parse
from bot.answers.question.terms import EMPTY_WORDS
from bot.search.tokens import stem, words

# Cosine from which on two questions mean the same, if their words allow it. Of .75, .8, .85 and .9
# the lowest at which no two questions of tests/training/questions/train, nor of the evaluation
# files that are trained on, do so wrongly; none of the 1,382 minimal pairs there does.
NEAR = 0.8
# Telling words from which on a question says itself what its `it` is. Chosen by hand.
_MANY = 4
_REMEMBERED = 4_096  # questions, as many as the encoder remembers
# Words that say nothing to a search and yet tell two questions apart.
_TELLING = """
    need use get go make work take look keep want give know think hear say tell mean call because
    while during within between without off no not nor more most all both either neither another
    other own up down out over under again only still even host takeaway segment list like point
""".split()
_IDLE = frozenset(map(stem, EMPTY_WORDS)) - frozenset(map(stem, _TELLING))
_DENIED = """
    no not never nor none neither cannot dont doesnt didnt isnt arent wasnt werent cant couldnt
    shouldnt wont wouldnt hasnt havent hadnt aint mustnt
""".split()
# Stems that stand for others: denials, short forms, the other spelling.
_WHOLE = dict.fromkeys(map(stem, _DENIED), "not") | {
    "config": "configur",
    "dev": "develop",
    "doc": "document",
    "info": "inform",
    "licens": "licenc",
    "percentag": "percent",
    "repo": "repositori",
}
_ASKING = frozenset(
    """
    who whom whose whos what whats wat wats which when where why how hows is are am was were do does
    did has have had can could may might must shall should will would
""".split()
)
# Forms that ask *what*: how they are told apart by `parse` says little about what is meant.
_WHAT = frozenset({Form.OPEN, Form.KEYWORDS, Form.DEFINITION, Form.LIST, Form.CHOICE})
# A yes to one is no yes to another: *can we* and *should we*, *is it* and *was it*.
_MODALS = frozenset("can could may might must shall should will would".split())
_PAST = frozenset("was were did had".split())
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz") - frozenset("aiur")  # those four are words
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")  # US and IT are names, us and it are not
_MARKS = re.compile(r"[+#$€£¥<>=]")  # C++ and C, $5 and 5
_POINTS = re.compile(
    r"\b(?:[Ii]t|its|he|she|they|them|him|his|her|their|theirs"
    r"|(?:this|that|these|those)(?= (?:is|are|was|were|one|ones|mean|means)\b|\W*$))\b"
)
_OPENS = re.compile(
    r"\W*(?:and|but|so|or|also|then|what about|how about|same for)\b", re.IGNORECASE
)


class _Manner(NamedTuple):
    """How a question asks; without a word that asks, as in *wifi password*, `form` is None."""

    form: Form | None
    place: bool
    past: bool
    modals: frozenset[str]
    marks: tuple[str, ...]


def stands_alone(question: str) -> bool:
    """Return whether a question can be understood without the ones above it. Pure."""
    telling = _telling(question[:READ])
    points = len(telling) < _MANY and _POINTS.search(question)
    return bool(telling) and not points and not _OPENS.match(question)


def same_question(asked: str, known: Sequence[str], encoder: Encoder) -> int | None:
    """Return the place in `known` of the question that means the same as `asked`, the nearest.

    Returns None if none does, or if `asked` does not stand alone. Where the encoder cannot run,
    only the same words count.
    """
    if not stands_alone(asked):
        return None
    alike = [at for at, one in enumerate(known) if _may_be_same(asked[:READ], one[:READ])]
    equal = [at for at in alike if words(known[at]) == words(asked)]
    if equal or not alike or encoder.fault:
        return equal[0] if equal else None
    own, *others = encoder.of([asked, *(known[at] for at in alike)]).astype(np.float64)
    lengths = np.linalg.norm(own) * np.linalg.norm(others, axis=1)
    cosines = np.asarray(others) @ own / lengths
    best = int(cosines.argmax())
    return alike[best] if cosines[best] >= NEAR else None


def _may_be_same(asked: str, known: str) -> bool:
    """Return whether words and manner allow it; the manner takes longer to tell."""
    if not _is_turned(_telling(asked), _telling(known)):
        return False
    one, other = _manner(asked), _manner(known)
    return (None in {one.form, other.form} or one.form is other.form) and one[1:] == other[1:]


def _is_turned(said: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether words are the same in their order, or a clause has moved to the other end.

    Two words are not turned: *does sales need finance* is not *does finance need sales*.
    """
    if said == other:
        return True
    turns = range(1, len(said)) if len(said) == len(other) > 2 else ()  # noqa: PLR2004 - as said
    return any(said[at:] + said[:at] == other for at in turns)


@lru_cache(_REMEMBERED)
def _telling(question: str) -> tuple[str, ...]:
    """Return the words that tell a question from others, each once, as stems."""
    named = set() if question.isupper() else set(map(str.lower, _CAPITALS.findall(question)))
    return tuple(dict.fromkeys(_stems(question, named | _LETTERS)))


def _stems(question: str, named: set[str]) -> Iterator[str]:
    for word in words(question):
        stemmed = stem(word)
        if word in named or stemmed in _WHOLE or stemmed not in _IDLE:
            yield _WHOLE.get(stemmed, stemmed)


@lru_cache(_REMEMBERED)
def _manner(question: str) -> _Manner:
    said, form = frozenset(words(question)), parse(question).form
    return _Manner(
        form=None if said.isdisjoint(_ASKING) else Form.OPEN if form in _WHAT else form,
        place="where" in said,
        past=not said.isdisjoint(_PAST),
        modals=said & _MODALS if form is Form.CLOSED else frozenset(),
        marks=tuple(_MARKS.findall(question)),
    )
