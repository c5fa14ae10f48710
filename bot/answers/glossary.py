"""The terms of the reference sheet, found by any of their names, misspelt ones too."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.search.passages import Kind, Passage
from bot.search.tokens import stem, words

_NOUN = r"(?P<term>[^?!.,;:=]{1,60}?)"
_END = (
    r"(?: (?:exactly|actually|really|even|again|please|pls|basically|anyway|then|here|briefly"
    r"|to me|in (?:plain|simple) (?:english|terms|words)"
    r"|in (?:this|the) (?:episode|podcast|context)"
    r"|in (?:ai|llms?)|(?:for|like i'm|like im|as if i were) (?:a |an )?[\w -]{1,20}))*"
    r"\s*(?:[?!.,;:].*)?$"
)
_THEY = r"(?:they|he|she|you|people|we)"
_ASKS_TERM = tuple(
    re.compile(pattern.format(noun=_NOUN, they=_THEY) + _END)
    for pattern in (
        r"^(?:what(?:'s|'re| is| are|s)?|wat(?: is)?|wats|waht(?: is| are)?|who is)"
        r"(?: exactly| actually)?(?: is| are)?(?: an?| the)? {noun}(?: in a nutshell)?",
        r"^(?:please )?(?:define|definition of|meaning of|explain|describe|eli5)"
        r"(?: the term| the| an?| what)? {noun}(?: is| are| means?)?",
        r"^what (?:do|does|did) (?:the term |an? |the |{they} mean by )?{noun} (?:mean|stand for)",
        r"^what (?:do|does|did) (?:{they}|\w+) mean (?:by|with)(?: an?| the)? {noun}",
        r"^(?:the )?(?:meaning|definition) of(?: an?| the)? {noun}",
        r"^{noun}\s*(?:,? ?(?:meaning|definition|explained|defined)|= ?)",
        r"^{noun}",
    )
)
# Of 100; below, a name is another word rather than a slip of the pen.
_LIKENESS = 84
_SHORTEST = 5


class Glossary:
    """Finds rows of the sheet."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.rows = tuple(passage for passage in passages if passage.kind is Kind.TERM)
        self._names = {_key(name): row for row in reversed(self.rows) for name in row.bold}

    def asked(self, core: str) -> Passage | None:
        """The row whose definition a question asks for: `what is X`, `define X`, or X alone."""
        for pattern in _ASKS_TERM:
            if (found := pattern.match(core)) and (row := self.row(found["term"])):
                return row
        return None

    def row(self, name: str) -> Passage | None:
        """The row of this name, written one way or another."""
        key = _key(name)
        if row := self._names.get(key):
            return row
        if len(key) < _SHORTEST:
            return None
        near = process.extractOne(
            key, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS
        )
        return self._names[near[0]] if near else None

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """The names of the rows most like this one."""
        near = process.extract(_key(name), self._names.keys(), scorer=fuzz.WRatio, limit=4 * count)
        found = dict.fromkeys(self._names[key].term or "" for key, *_ in near)
        return tuple(found)[:count]


def _key(name: str) -> str:
    """A name without case, hyphens, spaces and endings: `Fine-tuning` is `finetune`."""
    said = words(name)
    return "".join((*said[:-1], stem(said[-1]))) if said else ""
