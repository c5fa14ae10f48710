"""Which format a file has, by what it holds: publishers send WebVTT as `.txt`."""

import re
from enum import Enum, auto

from bot.episodes.formats.captions.time_lines import TIME_LINE
from bot.episodes.formats.refusal import refuse


class Format(Enum):
    """The formats that are read."""

    WEBVTT = auto()
    SUBRIP = auto()
    JSON = auto()
    HTML = auto()
    PROSE = auto()


# How files begin that are no text, and what they are.
_BYTES = (
    (rb"%PDF-", "is PDF"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a Word document (or another of Office)"),
    (rb"\{\\rtf", "is Rich Text"),
    (rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]|OggS|fLaC|#!AMR|FORM....AIF", "is audio"),
    (rb"RIFF....WAVE|\xff\xf1|\xff\xf9|....ftypM4[AB]", "is audio"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "is audio or video"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*", "is a picture"),
    (rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd", "is a packed file"),
    (rb"SQLite format 3\x00|\x7fELF|MZ.\x00", "is a program's file"),
)
_SIGNATURES = tuple((re.compile(begin, re.DOTALL), what) for begin, what in _BYTES)
_ZIP = b"PK\x03\x04"
_ADVICE = "no transcript that can be read: save its text as .txt"

# A list is JSON where JSON goes on: `[00:03] words` and `[laughs]` are words.
_JSON = re.compile(
    r"\{\s*[\"}]|\{\s*$"
    r"|\[\s*(?:[{\"\]]|$|(?:true|false|null)\s*[,\]]|-?\d+(?:\.\d+)?\s*,|\[[\s\[]*[{\"\]\d-])"
)
_SUBSTATION = re.compile(r"\[(?:Script Info|V4\+? Styles)\]", re.IGNORECASE)
_SUBVIEWER = re.compile(r"\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}[ \t]*[\r\n]|\[INFORMATION\]")
_COMMENTS = re.compile(r"(?:\s|<\?[^>]{0,500}\?>|<!--(?:(?!-->).){0,2000}-->)*+", re.DOTALL)
_TAG = re.compile(r"<(!doctype\s+)?([a-z][\w:.-]*)[\s/>]", re.IGNORECASE)
_XML = {
    "rss": "is a feed (RSS), no transcript",
    "feed": "is a feed (Atom), no transcript",
    "rdf:rdf": "is a feed (RSS), no transcript",
    "opml": "is a list of feeds (OPML), no transcript",
    "tt": "is TTML, which is not read: export it as WebVTT or SubRip",
    "tt:tt": "is TTML, which is not read: export it as WebVTT or SubRip",
    "transcript": "is XML, which is not read: export it as WebVTT or SubRip",
    "svg": "is a picture, no transcript",
}
# What a page, or a piece of one with a transcript, begins with. Markdown may begin with others.
_PAGE = frozenset(
    "html head body title meta link script style div section article main header nav aside p cite "
    "time ul ol dl table blockquote span h1 h2 h3 h4".split()
)
# The project's own episodes: a part that no others have, or the title and a line of facts. Each
# begins with its letters, which are searched for fast, and then looks whether a line begins there.
_TITLE = re.compile(r"# (?<![^\r\n\ufeff]# )Episode \d{1,5}: ")
_FACT = re.compile(r"\*\*(?<![^\r\n\ufeff]\*\*)(?:Duration|Hosts):\*\*")
_PART = re.compile(
    r"##(?<![^\r\n\ufeff]##)(?:# +SEGMENT \d"
    r"|# [^\r\n]*\(\d{1,3} minutes?\)[ \t]*(?![^\r\n])"
    r"| (?:[^\r\n]* )?Reference Sheet[ \t]*(?![^\r\n]))"
)
# A cue's time stands below a number at most; a third line allows for a stray one above.
_HEAD = 3


def refuse_binary(raw: bytes, path: str) -> None:
    """Refuse what is no text, by its name.

    Raises:
        UnreadableError: it is audio, a picture, PDF, Word or the like.
    """
    for begin, what in _SIGNATURES:
        if begin.match(raw):
            refuse(path, 0, f"{what}, {_ADVICE}")
    if raw.startswith(_ZIP):
        word = b"word/" in raw
        refuse(path, 0, f"is a {'Word document' if word else 'zip archive'}, {_ADVICE}")


def detect(text: str, path: str) -> Format:
    """Return the format of a text.

    Raises:
        UnreadableError: it is of a known kind that is no transcript, or not read.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if re.match(r"WEBVTT(?!\w)", text):
        return Format.WEBVTT
    if _SUBSTATION.match(text):
        refuse(path, 1, "is SubStation, which is not read: export it as WebVTT or SubRip")
    if _SUBVIEWER.match(text):
        refuse(path, 1, "is SubViewer, which is not read: export it as WebVTT or SubRip")
    if _JSON.match(text):
        return Format.JSON
    if _is_markup(text, path):
        return Format.HTML
    return Format.SUBRIP if _has_cues(text) else Format.PROSE


def is_house_markdown(text: str) -> bool:
    """Whether a text is a transcript in the form of the project's own episodes."""
    return bool(_PART.search(text) or (_TITLE.search(text) and _FACT.search(text)))


def _is_markup(text: str, path: str) -> bool:
    begin = _COMMENTS.match(text)
    tag = _TAG.match(text, begin.end() if begin else 0)
    if tag is None:
        return False
    name = tag[2].casefold()
    if name in _XML and not tag[1]:
        refuse(path, 1, _XML[name])
    if tag[1] or name in _PAGE:
        return True
    if text.startswith("<?xml"):
        refuse(path, 1, f"is XML, but no transcript: it begins with `<{name[:40]}>`")
    return False


def _has_cues(text: str) -> bool:
    """Whether a time line stands at the top, or one in ten lines is one."""
    lines = [line for line in text.splitlines() if line.strip()]
    if any(TIME_LINE.match(line) for line in lines[:_HEAD]):
        return True
    return sum(1 for line in lines if "-->" in line and TIME_LINE.match(line)) * 10 >= len(lines)
