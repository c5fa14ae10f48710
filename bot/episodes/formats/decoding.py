"""From bytes to characters, and the limits that a file is refused at."""

import codecs
import re
from itertools import pairwise

from bot.episodes.formats.refusal import refuse, shown
from bot.files.text import line_of

# Ten times the longest transcript that is known of, with a row a word in JSON.
LARGEST = 20_000_000
# A paragraph of a million characters is a damaged file, or none of speech.
LONGEST_LINE = 1_000_000
# What the guess is made from: enough to tell encodings apart, and made in some milliseconds.
_AROUND = 4_000
# Too few bytes to tell UTF-16 from a stray zero.
_FEW = 16
_COMMON = "cp1252"
_NEWLINE = re.compile(r"\r\n?|\n")
_MARKS = {
    codecs.BOM_UTF32_LE: "utf_32",
    codecs.BOM_UTF32_BE: "utf_32",
    codecs.BOM_UTF16_LE: "utf_16",
    codecs.BOM_UTF16_BE: "utf_16",
}


def decode(raw: bytes, path: str, encoding: str | None) -> str:
    """Return the characters of a file, a byte-order mark among them.

    `encoding` is what `episode.yaml` says, None where it does not: then it is UTF-8.

    Raises:
        UnreadableError: it is too large, empty, in another encoding, or holds a NUL character.
    """
    if len(raw) > LARGEST:
        refuse(path, 0, "is larger than 20 MB")
    text = _as_told(raw, path, encoding) if encoding else _utf8(raw, path)
    if not text.strip("\ufeff \t\r\n"):
        refuse(path, 1, "is empty")
    if "\0" in text:
        refuse(path, line_of(text, text.index("\0")), "is not plain text: a NUL character")
    return text


def check_lines(text: str, path: str, most: int) -> None:
    """Refuse a text with a line that is too long to be words, or with too many lines.

    Raises:
        UnreadableError: a line has over a million characters, or there are more than `most`.
    """
    if max(text.count("\n"), text.count("\r")) > most:
        refuse(path, 0, f"has more than {most:,} lines")
    for number, (start, end) in enumerate(pairwise([*line_starts(text), len(text)]), 1):
        if end - start > LONGEST_LINE:
            refuse(path, number, "is a line of over 1 MB")


def line_starts(text: str) -> list[int]:
    """Return the offset that each line begins at; newlines may be LF, CR LF or CR."""
    return [0, *(found.end() for found in _NEWLINE.finditer(text))]


def _as_told(raw: bytes, path: str, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        refuse(path, line, f"is not {encoding}, as episode.yaml says: {error.reason}")
    except UnicodeError as error:  # encodings that are none of files, such as `idna`
        refuse(path, 0, f"is not {encoding}, as episode.yaml says: {error}")
    except (LookupError, ValueError):
        refuse(path, 0, f"{shown(f'encoding: {encoding}')} in episode.yaml is no known encoding")


def _utf8(raw: bytes, path: str) -> str:
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            refuse(path, 1, _advice(name))
    if unmarked := _without_mark(raw):
        refuse(path, 1, _advice(unmarked))
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = line_of(raw[: error.start].decode(), error.start)
        refuse(path, line, _advice(_guess(raw, error.start)))


def _without_mark(raw: bytes) -> str | None:
    """Name the UTF-16 that begins with no mark: in Western text every other byte is zero."""
    head = raw[:_AROUND]
    zeros = head[1::2].count(0), head[::2].count(0)
    if max(zeros) * 4 < max(len(head), _FEW) or min(zeros) * 4 >= max(zeros):
        return None
    return "utf_16_le" if zeros[0] > zeros[1] else "utf_16_be"


def _guess(raw: bytes, at: int) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only a refused file needs it

    found = from_bytes(raw[max(0, at - _AROUND) : at + _AROUND])
    # The most common one is likely wherever it is possible: it never is in other scripts.
    if any(_COMMON in match.could_be_from_charset for match in found):
        return _COMMON
    best = found.best()
    return None if best is None or best.encoding in ("ascii", "utf_8") else best.encoding


def _advice(encoding: str | None) -> str:
    if encoding is None:
        return "is not UTF-8; what else it is cannot be told"
    return f"is not UTF-8; it looks like {encoding}: say `encoding: {encoding}` in episode.yaml"
