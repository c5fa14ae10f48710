"""`/llm listen …`, read. Pure: what a person wants."""

import re
from enum import Enum

_LISTEN = re.compile(r"^listen(?:\s+(?P<rest>\S.*))?$", re.IGNORECASE | re.DOTALL)


class Wish(Enum):
    """Opens the form that turns it on, turns it off, or tells how it stands."""

    ON = "on"
    OFF = "off"
    STATUS = "status"


_EXACT = {"": Wish.STATUS, "status": Wish.STATUS, "on": Wish.ON, "off": Wish.OFF}


def read_listen(text: str) -> Wish | None:
    """Return what the text after `/llm` wants of listening; None for a question."""
    listen = _LISTEN.match(text.strip())
    return _EXACT.get((listen["rest"] or "").strip(" .!").lower()) if listen else None
