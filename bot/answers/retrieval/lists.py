"""Lists: neighbouring passages that each open with an emphasised phrase, under one question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.question.terms import FRAMING, Clue
from bot.answers.retrieval.windows import Text
from bot.search import tokens
from bot.search.passages import Kind, Passage

_FEWEST_ITEMS = 3
# A sentence that opens an item begins with its phrase; one in emphasis up to a colon is a heading.
_ITEM = re.compile(
    r"(?:(?:finally|and|also|first|second|third|then|next|last),? )?\*\*[^*]+[^*:]\*\*",
    re.IGNORECASE,
)
# A question that says as much opens a new subject, unless it only leads on in the old one.
_FEWEST_TOKENS = 3
_LEADS_ON = re.compile(
    r"^(?:so|and|but|what about|how about|any other|what else|can you give)\b|\bright\?$",
    re.IGNORECASE,
)


# What asks for several things, and how much of a question a list's opening must meet: in whatever
# words, and by name, which is word for word or by a phrase of the thesaurus.
_PLURAL = re.compile(
    r"\b(?:list|tips|areas|trends|criteria|strengths|weaknesses|limitations|limits|drawbacks|perks"
    r"|dos|basics)\b|\bwhat(?:'s| are| were| makes| should)\b"
    r"|\b(?:all|which|what) (?:the|of|their|are)\b"
    r"|\b(?:ways|things|reasons|kinds|types|points|factors|options|risks|problems|rules|steps)\b"
)
_ENOUGH = 0.6
_ENOUGH_NAMED = 0.3


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list: the words that open it, and for each item its passage and its first sentence.

    Passages count among all of the library, sentences within their passage, both from 0.
    """

    opening: str
    items: tuple[tuple[int, int], ...]


def enumerations(passages: Sequence[Passage]) -> Iterator[Enumeration]:
    """The lists of three and more items in the turns of a library."""
    opening: list[str] = []
    items: list[tuple[int, int]] = []
    segment = ""
    for number, passage in enumerate(passages):
        turns = passage.kind is not Kind.TERM
        if not turns or passage.segment != segment or _turns_to(passage):
            if len(items) >= _FEWEST_ITEMS:
                yield Enumeration(" ".join(opening), tuple(items))
            opening = []
            segment, items = passage.segment, []
        first = _first_item(passage) if turns else None
        if first is not None:
            items.append((number, first))
        elif not items:
            opening.append(passage.own)
    if len(items) >= _FEWEST_ITEMS:
        yield Enumeration(" ".join(opening), tuple(items))


def asks_for_several(core: str) -> bool:
    """Whether a question in lower case wants more than one thing."""
    return _PLURAL.search(core) is not None


def opened_by(opening: Text, clues: Sequence[Clue]) -> float:
    """The share of a question's weight that a list's opening meets; 0 if too little.

    What frames a question (LLMs, our bot) is left out: every list here is about it.
    """
    asked = [clue for clue in clues if not clue.stems <= FRAMING]
    total = sum(clue.weight for clue in asked) or 1.0
    concepts = opening.concepts()
    named = meant = 0.0
    for clue in asked:
        if clue.stems <= opening.stems or (len(clue.words) > 1 and clue.concepts & concepts):
            named += clue.weight
        elif clue.concepts & concepts:
            meant += clue.weight
    enough = named >= _ENOUGH_NAMED * total and named + meant >= _ENOUGH * total
    return (named + meant) / total if enough else 0.0


def _turns_to(passage: Passage) -> bool:
    """Whether a passage asks for something new."""
    return (
        passage.kind is Kind.ASKED
        and len(tokens(passage.own)) >= _FEWEST_TOKENS
        and not _LEADS_ON.search(passage.own.strip())
    )


def _first_item(passage: Passage) -> int | None:
    """The sentence of a passage that opens an item; None where none does."""
    if passage.kind is not Kind.SAID:
        return None
    text = passage.episode.text
    opens = (
        number
        for number, span in enumerate(passage.sentences)
        if _ITEM.match(text, span.start, span.end)
    )
    return next(opens, None)
