"""Text files, read without newline translation, with what is wrong said by line."""

from pathlib import Path

from bot.errors import Fault, UnreadableError


def read(path: Path) -> str:
    """The text of a UTF-8 file, every character kept: newlines and a byte-order mark too.

    Raises:
        UnreadableError: it cannot be opened, is empty, or is no UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        raise UnreadableError(Fault(str(path), 0, what)) from error
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8: byte 0x{raw[error.start]:02x} at position {error.start}"
        raise UnreadableError(Fault(str(path), line, what)) from error
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableError(Fault(str(path), 0, "is empty"))
    return text
