"""The terms of the reference sheet, found by any of their names, misspelt ones too."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.answers.language.word_frequencies import background
from bot.answers.question.parse import Form, Understood
from bot.answers.retrieval.ranking import Ranked
from bot.answers.retrieval.retriever import Finder
from bot.search import tokens
from bot.search.passages import Kind, Passage
from bot.search.tokens import stem, words

_NOUN = r"(?P<term>[^?!.,;:=]{1,60}?)"
_END = (
    r"(?: (?:exactly|actually|really|even|again|please|pls|basically|anyway|then|here|briefly"
    r"|stuff|thing|things|all about|about|to me|for (?:me|us)|in (?:a nutshell|one line|short)"
    r"|in (?:plain|simple) (?:english|terms|words)"
    r"|in (?:this|the) (?:episode|podcast|context)"
    r"|in (?:ai|llms?)"
    r"|(?:for|like i'm|like im|as if i were) (?:an? )?[\w-]{1,20}(?: [\w-]{1,20}){0,2})){0,4}"
    r"\s*(?:[?!.,;:].*)?$"
)
_AN = r"(?: the term| the word| an?| the| this| that| these| those)?"
_WHAT = r"(?:what(?:'s|'re| is| are|s)?|wat(?:'s| is)?|wats|waht(?: is| are)?)"
_THEY = r"(?:they|he|she|you|u|i|people|we|alex|sam|someone|one)"
_ASKS_TERM = tuple(
    re.compile(pattern.format(noun=_NOUN, an=_AN, what=_WHAT, they=_THEY) + _END)
    for pattern in (
        r"^(?:{what}|who is)(?: (?:exactly|actually|on earth|the (?:heck|hell)))?(?: is| are)?"
        r"{an} {noun}",
        r"^(?:(?:can|could|would|will) \w+ |please |pls )*(?:define|explain|describe|eli5)"
        r"(?: what)?{an} {noun}(?: is| are| means?)?",
        r"^how (?:do|does|did|would|should|can) {they} (?:define|explain|describe){an} {noun}",
        r"^what(?: do| does| did|'s){an} {noun} (?:mean|stand for)",
        r"^what (?:do|does|did) (?:{they}|\w+) mean (?:by|with){an} {noun}",
        r"^what{an} {noun} (?:is|are|means?|stands for)",
        r"^{what} meant by{an} {noun}",
        r"^(?:{what} )?(?:the |an? )?(?:meaning|definition) (?:of|for){an} {noun}",
        r"^{noun}\s*(?:,? ?(?:meaning|definition|explained|defined)|= ?)",
        r"^{noun}",
    )
)
# "RAG: what is it?" names its term before it asks.
_POINTS_BACK = re.compile(
    rf"^(?:{_WHAT} (?:is )?(?:it|that|this|they|those)|define|definition|meaning)(?: it| that)?"
    rf"{_END}"
)
_LONGEST = 3
# Of 100; below, a name is another word rather than a slip of the pen.
_LIKENESS = 84
_SHORTEST = 5


# What is shorter mentions a term in passing.
_FEWEST_WORDS = 12
_EMPHASISED = re.compile(r"\*\*([^*]+)\*\*")


class Glossary:
    """Finds rows of the sheet."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.rows = tuple(passage for passage in passages if passage.kind is Kind.TERM)
        names = [(name, row) for row in reversed(self.rows) for name in row.names]
        self._names = {_key(name): row for name, row in names}
        self._spellings = {"".join(words(name)): row for name, row in names}

    def asked(self, core: str, around: str = "") -> Passage | None:
        """The row whose definition a question asks for: `what is X`, `define X`, or X alone.

        Where the question only points, `what is it`, X is what stands `around` it ends with.
        """
        if _POINTS_BACK.match(core):
            said = around.split()
            ends = (" ".join(said[-count:]) for count in range(min(_LONGEST, len(said)), 0, -1))
            return next((row for end in ends if (row := self.row(end))), None)
        for pattern in _ASKS_TERM:
            if (found := pattern.match(core)) and (row := self.row(found["term"])):
                return row
        return None

    def row(self, name: str) -> Passage | None:
        """The row of this name, written one way or another."""
        if row := self._names.get(_key(name)):
            return row
        said = words(name)
        spelt = "".join(said)
        # A word of general English is no slip of the pen: "retraining" is not "pretraining".
        if len(spelt) < _SHORTEST or not any(background().foreign(stem(word)) for word in said):
            return None
        near = process.extractOne(
            spelt, self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS
        )
        return self._spellings[near[0]] if near else None

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """The names of the rows most like this one."""
        near = process.extract(_key(name), self._names.keys(), scorer=fuzz.WRatio, limit=4 * count)
        found = dict.fromkeys(self._names[key].term or "" for key, *_ in near)
        return tuple(found)[:count]


def explanations(row: Passage, finder: Finder) -> Iterator[Ranked]:
    """The passages that explain a term at some length, those that emphasise it first."""
    printed = [frozenset(tokens(name)) for name in row.names[:2]]
    clues = finder.clues.of(Understood(" ".join(row.names[:2]), "", Form.DEFINITION))
    found = [
        one
        for one in finder.rank(clues, Form.DEFINITION)
        if one.passage.kind is Kind.SAID
        and len(one.passage.own.split()) >= _FEWEST_WORDS
        and any(name <= set(tokens(one.passage.own)) for name in printed)
    ]
    yield from sorted(found, key=lambda one: not _emphasises(one.passage, printed))


def _emphasises(passage: Passage, names: Sequence[frozenset[str]]) -> bool:
    phrases = _EMPHASISED.findall(passage.episode.text, passage.span.start, passage.span.end)
    return any(name <= set(tokens(phrase)) for phrase in phrases for name in names)


def _key(name: str) -> str:
    """A name without case, hyphens, spaces and endings: `Fine-tuning` is `finetune`."""
    said = words(name)
    return "".join((*said[:-1], stem(said[-1]))) if said else ""
