"""Enumerations: neighbouring passages that are items of one list, under one question or lead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.search import tokens
from bot.search.passages import Kind, Passage

# Chosen by hand: two emphasised phrases under one question are no list, unless it is announced.
_FEWEST_ITEMS = 3
_FEWEST_ANNOUNCED = 2
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
# Below a lead, a question that only wants to hear on, or that is rhetorical.
_ASKS_MORE = re.compile(
    r"\b(?:what|anything|who|where) else\b|\bany (?:other|more)\b|\bexamples?\b|\bgo on\b"
    r"|^(?:really|how so|why|right|such as|like what|meaning)\b|\bright\?$",
    re.IGNORECASE,
)
# Chosen by hand: a lead and its first item may stand in two turns, with a word of somebody else's
# between them.
_MOST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list: the words that open it, and for each item its passage and its first sentence.

    Passages count among all of the library, sentences within their passage, both from 0. `lead` is
    the sentence that announces the items, as `What bees are skilled at:` does, or empty.
    """

    opening: str
    items: tuple[tuple[int, int], ...]
    lead: str = ""

    def moved(self, first: int) -> "Enumeration":
        """Return the same list where its episode's passages begin at `first`."""
        return replace(self, items=tuple((first + number, at) for number, at in self.items))


@dataclass(slots=True)
class _Open:
    """A list that is being read: what was said before its first item, and its items so far.

    `plain` are the paragraphs that follow a lead in its turn; they are its items if none opens
    with an emphasised phrase.
    """

    opening: list[str] = field(default_factory=list)
    items: list[tuple[int, int]] = field(default_factory=list)
    plain: list[tuple[int, int]] = field(default_factory=list)
    lead: str = ""
    turn: int = -1

    def take(self, number: int, passage: Passage) -> None:
        """Read a passage of a turn."""
        first = _first_item(passage)
        if first is not None:
            self.items.append((number, first))
        elif self.items:
            return
        elif self.lead and passage.turn == self.turn and passage.kind is Kind.SAID:
            self.plain.append((number, 0))
        else:
            self.opening.append(passage.own)
            lead = _lead(passage)
            if lead or passage.turn > self.turn + _MOST_TURNS:
                self.lead, self.turn, self.plain = lead, passage.turn, []

    def ends_before(self, passage: Passage) -> bool:
        """Return whether a list ends: with the turn of its paragraphs, or where another begins."""
        if self.items:
            return _first_item(passage) is None and _lead(passage) != ""
        return len(self.plain) >= _FEWEST_ANNOUNCED and passage.turn != self.turn

    def closed(self) -> Iterator[Enumeration]:
        """Yield the list, if there are enough items."""
        items = self.items or self.plain
        if len(items) >= (_FEWEST_ANNOUNCED if self.lead else _FEWEST_ITEMS):
            yield Enumeration(" ".join(self.opening), tuple(items), self.lead)


def enumerations(passages: Sequence[Passage]) -> Iterator[Enumeration]:
    """Yield the lists in the turns of a library: three items, or two that are announced."""
    read = _Open()
    before: tuple[str, str] | None = None
    for number, passage in enumerate(passages):
        part = passage.episode.slug, passage.segment
        turns = passage.kind is not Kind.TERM
        turned = _turns_to(passage, announced=bool(read.lead)) or read.ends_before(passage)
        if not turns or part != before or turned:
            yield from read.closed()
            read, before = _Open(), part
        if turns:
            read.take(number, passage)
    yield from read.closed()


def _turns_to(passage: Passage, *, announced: bool) -> bool:
    """Whether a passage asks for something new; below a lead, whatever does not ask for more."""
    asks = passage.kind is Kind.ASKED and len(tokens(passage.own)) >= _FEWEST_TOKENS
    said = passage.own.strip()
    if announced and passage.kind is Kind.ASKED:
        return not _ASKS_MORE.search(said)
    return asks and not _LEADS_ON.search(said)


def _lead(passage: Passage) -> str:
    """Return the sentence that ends a passage and announces what follows; empty if none does."""
    words = passage.episode.words(passage.sentences[-1]) if passage.sentences else ""
    return words if words.endswith(":") and passage.kind is Kind.SAID else ""


def _first_item(passage: Passage) -> int | None:
    """Return the sentence of a passage that opens an item; None if none does."""
    if passage.kind is not Kind.SAID:
        return None
    text = passage.episode.text
    opens = (
        number
        for number, span in enumerate(passage.sentences)
        if _ITEM.match(text, span.start, span.end)
    )
    return next(opens, None)
