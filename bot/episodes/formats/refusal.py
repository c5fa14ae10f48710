"""How a file is refused: by the line that cannot be read, or by the limit that it is beyond."""

from typing import NoReturn

from bot.errors import Fault, UnreadableError

# Enough to recognize a line by; a message stays on one line of a terminal.
_SHOWN = 48


def refuse(path: str, line: int, what: str) -> NoReturn:
    """Refuse a file for what stands on a line of it; line 0 speaks of the whole file.

    Raises:
        UnreadableError: always.
    """
    raise UnreadableError(Fault(path, line, what))


def shown(words: str) -> str:
    """Return words of a file as a message quotes them: on one line, and cut where they are long."""
    words = " ".join(words.split())
    return f"`{words}`" if len(words) <= _SHOWN else f"`{words[:_SHOWN]}…`"
