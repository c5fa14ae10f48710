"""What a page of HTML holds, in its order: names, times, words, and where a paragraph ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING

from bot.episodes.formats.clock import CLOCK

if TYPE_CHECKING:
    from lxml.etree import _Element

LEFT_OUT = frozenset(
    "head script style nav header footer aside form noscript template svg math button iframe "
    "select option textarea object video audio canvas menu dialog h1 h2 h3 h4 h5 h6 title".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo code data del dfn em font i ins kbd mark q s samp small span strike strong "
    "sub sup tt u var wbr br cite time".split()
)
MARKS = ("cite", "time")
_TIME = re.compile(rf"\s*[\[(]?\s*(?:{CLOCK})\s*[\])]?\s*")


class Kind(Enum):
    """What a piece of a page is."""

    NAME = auto()
    TIME = auto()
    WORDS = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page, and the line of the file that its element begins on."""

    kind: Kind
    text: str
    line: int


def walk(root: "_Element") -> Iterator[Piece]:
    """Yield what stands in a page, its own furniture left out."""
    from lxml import etree  # noqa: PLC0415 - only HTML needs it

    steps = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    inside = False  # whether words stand before this place in its paragraph
    for event, element in steps:
        line, begins = element.sourceline or 0, event == "start"
        tag = element.tag if isinstance(element.tag, str) else ""
        mark = _mark(element, line, inside=inside) if begins and tag in MARKS else None
        if mark:
            yield mark
        if mark or (begins and tag in LEFT_OUT):
            steps.skip_subtree()
            continue
        if tag and tag not in _INLINE:
            yield Piece(Kind.BREAK, "", line)
            inside = False
        words = element.text if begins else element.tail
        if begins and tag == "br":
            words = " "
        if words:
            yield Piece(Kind.WORDS, words, line)
            inside = inside or bool(words.strip())


def _mark(element: "_Element", line: int, *, inside: bool) -> Piece | None:
    """Return a name or a time; None for a work that is cited within words, or another date."""
    words = "".join(map(str, element.itertext()))
    if element.tag == "time":
        return Piece(Kind.TIME, words, line) if _TIME.fullmatch(words) else None
    colon = words.rstrip().endswith(":") or (element.tail or "").lstrip().startswith(":")
    parent = element.getparent()
    alone = parent is None or parent.tag not in ("p", "li", "dd", "blockquote", *_INLINE)
    return Piece(Kind.NAME, words, line) if not inside and (alone or colon) else None


def paragraphs(found: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces with words in one up to the next other; of a time alone, it is a time."""
    for is_words, group in groupby(found, lambda piece: piece.kind is Kind.WORDS):
        if not is_words:
            yield from group
            continue
        same = list(group)
        text = "".join(piece.text for piece in same)
        if text.strip():
            first = next(piece for piece in same if piece.text.strip())
            yield Piece(Kind.TIME if _TIME.fullmatch(text) else Kind.WORDS, text, first.line)
