"""Podcasting 2.0 HTML, alone or inside a page: `cite` names, `time` times, `p` holds words."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.episodes.formats.clock import milliseconds, plausible
from bot.episodes.formats.html.pieces import LEFT_OUT, MARKS, Kind, Piece, paragraphs, walk
from bot.episodes.formats.model import Cue, Parsed
from bot.episodes.formats.refusal import refuse
from bot.episodes.formats.words import folded

if TYPE_CHECKING:
    from lxml.etree import _Element

# A page of a transcript has some thousands; so many take a second or two.
_MOST_TAGS = 50_000
# A page of a transcript times or names more than one turn; of an article, when it was published.
_LEAST_IN_PAGE = 2
_NAME = "Podcasting 2.0 HTML"


def read_html(text: str, path: str) -> Parsed:
    """Return the cues of a transcript in HTML.

    Raises:
        UnreadableError: it cannot be parsed, or is a page without a transcript.
    """
    found = _pieces(text, path)
    marks = sum(1 for piece in found if piece.kind in (Kind.NAME, Kind.TIME))
    if marks < (_LEAST_IN_PAGE if _is_page(text) else 1):
        what = "a web page without a transcript: it has no `cite` and no `time` above its words"
        refuse(path, 1, f"is {what}")
    cues, warnings = plausible(list(_cues(found)), path)
    if not cues:
        refuse(path, 1, f"is {_NAME} without a word")
    return Parsed(_NAME, cues, warnings)


def _cues(found: Sequence[Piece]) -> Iterator[Cue]:
    """Yield a cue for each run of words, with the name and the time above it."""
    speaker: str | None = None
    start: int | None = None
    fresh = False  # whether a paragraph began since the last words
    for piece in found:
        if piece.kind is Kind.NAME:
            speaker = folded(piece.text).rstrip(" :") or None
        elif piece.kind is Kind.TIME:
            start = milliseconds(piece.text.strip(" \t\r\n[]()"))
        elif piece.kind is Kind.BREAK:
            fresh = True
        elif words := folded(piece.text).removeprefix(": "):
            named = speaker is not None
            yield Cue(words, speaker, named, start, None, piece.line, apart=fresh and named)
            start, fresh = None, False


def _pieces(text: str, path: str) -> Sequence[Piece]:
    """Return the pieces of the part of a page that holds its names and times.

    Raises:
        UnreadableError: it has too many tags, is nested too deep, or is no HTML.
    """
    if text.count("<") > _MOST_TAGS:
        refuse(path, 0, f"is HTML with more than {_MOST_TAGS:,} tags")
    root = _parsed(text, path)
    found = list(paragraphs(walk(root)))
    if not _is_page(text):
        return found
    # Inside a page, what stands beside the transcript, or above its first name or time, is no part
    # of it, unless that would be most of the page.
    inner = list(paragraphs(walk(_container(root))))
    found = inner if _length(inner) * 2 >= _length(found) else found
    marks = [at for at, piece in enumerate(found) if piece.kind in (Kind.NAME, Kind.TIME)]
    return found[marks[0] :] if marks else ()


def _is_page(text: str) -> bool:
    """Whether HTML is a whole page, and not a transcript alone."""
    return bool(re.search(r"<(?:body|nav|header|main|article)\b", text, re.IGNORECASE))


def _container(root: "_Element") -> "_Element":
    """Return the innermost element that holds all names and times of a page."""
    marks = [
        element
        for element in root.iter(*MARKS)
        if not any(above.tag in LEFT_OUT for above in element.iterancestors())
    ]
    if not marks:
        return root
    # What holds the first and the last holds all between them.
    holds_last = set(marks[-1].iterancestors())
    return next((above for above in marks[0].iterancestors() if above in holds_last), root)


def _length(found: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in found if piece.kind is Kind.WORDS)


def _parsed(text: str, path: str) -> "_Element":
    from lxml import etree, html  # noqa: PLC0415 - only HTML needs it

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        refuse(path, 1, f"is no HTML that can be read: {error}")
    for entry in parser.error_log:
        # The parser goes on without what is beyond its limits: 256 deep, 10 MB in one piece.
        if entry.level_name == "FATAL":
            deep = "depth" in entry.message
            refuse(
                path, entry.line, f"is HTML {'nested too deep' if deep else 'too large to read'}"
            )
    return root
