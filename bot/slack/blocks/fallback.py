"""A message's `text`, from its blocks: notifications and screen readers get the same words. Pure.

Only buttons are left out; screen readers read those by themselves. A link is its words.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple

from bot.slack.blocks.elements import Block, escape, escape_within

_QUOTED = {"rich_text_quote": ("“", "”")}
_LINK = re.compile(r"<https?://[^<>|]*\|([^<>|]*)>")


class _Piece(NamedTuple):
    """Words as mrkdwn: escaped, or a mention of ours that must not be cut."""

    text: str
    acts: bool = False


def fallback_text(blocks: Iterable[Block], limit: int) -> str:
    """Return the words of blocks as mrkdwn of 1 to `limit` characters, a paragraph a line."""
    lines = [list(line) for block in blocks for line in _lines(block)]
    text = ""
    for number, line in enumerate(lines):
        for piece in [_Piece("\n"), *line] if number else line:
            more = piece.text if piece.acts else escape(piece.text)
            room = limit - len(text)
            if len(more) > room:
                return text if piece.acts or not room else text + escape_within(piece.text, room)
            text += more
    return text or "…"


def _lines(block: Block) -> Iterator[Iterable[_Piece]]:
    """Yield the lines of a block; none for buttons and fields."""
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                yield from _paragraphs(element)
        case "context":
            yield _parted(map(_text, block["elements"]))
        case "section" | "header":
            yield [_text(block["text"])]


def _paragraphs(element: Block) -> Iterator[Iterable[_Piece]]:
    """Yield the lines of a paragraph, a quotation or a list."""
    if element["type"] == "rich_text_list":
        ordered = element["style"] == "ordered"
        for number, item in zip(count(1 + element.get("offset", 0)), element["elements"]):
            yield [_Piece(f"{number}. " if ordered else "• "), *map(_inline, item["elements"])]
        return
    before, after = _QUOTED.get(element["type"], ("", ""))
    yield [_Piece(before), *map(_inline, element["elements"]), _Piece(after)]


def _inline(element: Block) -> _Piece:
    """Return a part of a line: words, a person, a channel, or a link's words."""
    match element["type"]:
        case "user":
            return _Piece(f"<@{element['user_id']}>", acts=True)
        case "channel":
            return _Piece(f"<#{element['channel_id']}>", acts=True)
        case _:
            mark = "`" if element.get("style", {}).get("code") else ""
            return _Piece(f"{mark}{element['text']}{mark}")


def _text(element: Block) -> _Piece:
    if element["type"] != "mrkdwn":
        return _Piece(element["text"])
    return _Piece(_LINK.sub(r"\1", element["text"]), acts=True)


def _parted(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield what stands side by side, with a point between."""
    for number, piece in enumerate(pieces):
        if number:
            yield _Piece(" · ")
        yield piece
