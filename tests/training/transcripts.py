"""Turns of a real transcript, word by word, with the place of each word in its file.

A small reader for training alone: it knows the four families of files that the questions are
about. Places count characters of the file decoded as UTF-8, without newline translation.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_TIMES = re.compile(r"^[\d:.,]+\s*-->.*$", re.MULTILINE)
_VOICE = re.compile(r"<v[ .]([^>]*)>")
_TAG = re.compile(r"<[^>]{0,80}>|\\?\[\d\d?:\d\d(?::\d\d)?\\?\]")
_NAMED = re.compile(
    r"\s*(?:\*\*|__)?(?P<name>[A-Z][\w.'’-]*(?: [\w.'’()-]+){0,3}):(?:\*\*|__)?(?:\s+(?=\S)|\s*$)"
    r"(?:\d\d:\d\d(?::\d\d)?\s*)?",
)
_SEGMENT = re.compile(
    r'(?:"speaker"\s*:\s*"(?P<before>(?:[^"\\]|\\.)*)"[^{}]*?)?'
    r'"(?:body|text)"\s*:\s*"(?P<body>(?:[^"\\]|\\.)*)"',
)
_HTML = re.compile(r"<cite>(?P<name>.*?):?</cite>|<p>(?P<body>.*?)</p>", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it reads, and its place in the file."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Turn:
    """What one speaker says; the speaker is None where the file names nobody."""

    speaker: str | None
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the words with single spaces between them."""
        return " ".join(word.text for word in self.words)


def read_source(path: Path) -> str:
    """Return the characters that places count: UTF-8, newlines as they are."""
    return path.read_bytes().decode("utf-8", errors="replace")


def read_turns(path: Path) -> list[Turn]:
    """Read the turns of a transcript of one of the four families, in the file's order."""
    source = read_source(path)
    if path.suffix == ".json":
        pieces = _json_pieces(source)
    elif path.suffix == ".html":
        pieces = _html_pieces(source)
    elif path.suffix in {".srt", ".vtt"}:
        pieces = _caption_pieces(source)
    else:
        pieces = _markdown_pieces(source)
    return [turn for turn in _joined(pieces, source, path.suffix) if turn.words]


# A piece: the name that opens it (None: the last one goes on), and where its words stand.
_Piece = tuple[str | None, int, int]


def _json_pieces(source: str) -> Iterator[_Piece]:
    for found in _SEGMENT.finditer(source):
        yield found["before"], *found.span("body")


def _html_pieces(source: str) -> Iterator[_Piece]:
    name = None
    for found in _HTML.finditer(source):
        if found["body"] is None:
            name = html.unescape(found["name"]).strip()
        else:
            yield name, *found.span("body")


def _caption_pieces(source: str) -> Iterator[_Piece]:
    times = list(_TIMES.finditer(source))
    for here, after in zip(times, [*times[1:], None], strict=True):
        end = len(source) if after is None else after.start()
        body = source[here.end() : end]
        if after is not None:  # a cue's number stands above its times
            body = re.sub(r"\n\s*\n[^\n]*\s*\Z", "", body) if body.strip() else body
        start, name = here.end(), None
        if voice := _VOICE.search(body):
            name = voice[1]
        elif named := _NAMED.match(body):
            name, start = named["name"], start + named.end()
        yield name, start, here.end() + len(body)


def _markdown_pieces(source: str) -> Iterator[_Piece]:
    front = _FRONT_MATTER.match(source)
    at = front.end() if front else 0
    for paragraph in re.finditer(r"\S.*?(?=\n\s*\n|\Z)", source[at:], re.DOTALL):
        start, end = at + paragraph.start(), at + paragraph.end()
        if paragraph[0].startswith(("#", "---", "podcast:", "**Break:**")):
            continue
        if named := _NAMED.match(source, start, end):
            yield named["name"], named.end(), end
        else:
            yield None, start, end


def _joined(pieces: Iterator[_Piece], source: str, suffix: str) -> Iterator[Turn]:
    turn = Turn(None)
    for name, start, end in pieces:
        if name is not None and name != turn.speaker:
            yield turn
            turn = Turn(name)
        turn.words.extend(_words(source, start, end, suffix))
    yield turn


def _words(source: str, start: int, end: int, suffix: str) -> Iterator[Word]:
    tags = [match.span() for match in _TAG.finditer(source, start, end)]
    gaps = [start, *(place for span in tags for place in span), end]
    for left, right in zip(gaps[::2], gaps[1::2], strict=True):
        for found in re.finditer(r"(?:\\[ntr]|\s)*((?:(?!\\[ntr])\S)+)", source[left:right]):
            text = _decoded(found[1], suffix)
            if text:
                yield Word(text, left + found.start(1), left + found.end(1))


def _decoded(raw: str, suffix: str) -> str:
    if suffix == ".json" and "\\" in raw:
        try:
            return str(json.loads(f'"{raw}"'))
        except ValueError:
            return raw
    if suffix in {".html", ".srt", ".vtt"}:
        return html.unescape(raw)
    return raw.replace("**", "").replace("\\[", "[").replace("\\]", "]")
