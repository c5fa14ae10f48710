"""Text files, read without newline translation, with what is wrong said by line."""

import re
from pathlib import Path

from bot.errors import Fault, UnreadableError

_NEWLINE = re.compile(r"\r\n?|\n")


def read(path: Path) -> str:
    """Return the text of a UTF-8 file with every character, newlines and byte-order mark too.

    Raises:
        UnreadableError: it cannot be opened, is empty, or is no text in UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, 1, f"cannot be read: {error.strerror or error}") from error
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = line_of(raw[: error.start].decode(), error.start)
        what = f"is not saved as UTF-8: byte 0x{raw[error.start]:02x}"
        raise _unreadable(path, line, what) from error
    if not text.strip("\ufeff \t\r\n"):
        raise _unreadable(path, 1, "is empty")
    if "\0" in text:
        what = "is not plain text: a NUL character; is it UTF-16, or only half written?"
        raise _unreadable(path, line_of(text, text.index("\0")), what)
    return text


def line_of(text: str, offset: int) -> int:
    """Return the line, from 1, that an offset of a text is on."""
    return len(_NEWLINE.findall(text, 0, offset)) + 1


def _unreadable(path: Path, line: int, what: str) -> UnreadableError:
    return UnreadableError(Fault(str(path), line, what))
