"""`/llm new …`, read. Pure: what a person wants."""

import re
from dataclasses import dataclass

_NEW = re.compile(r"^new(?:\s+(?P<rest>\S.*))?$", re.IGNORECASE | re.DOTALL)
_ON = re.compile(r"^on(?=[\s,.!]|$)[\s,.!]*(?P<show>.*)$", re.IGNORECASE | re.DOTALL)
_EVERY = re.compile(
    r"^(?:(?:for|of)\s+)?(?:all|every|any)(?:\s+(?:show|podcast)s?)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Open:
    """Shows the settings as a form."""


@dataclass(frozen=True, slots=True)
class On:
    """Turns it on or changes it, for a show as a person names it; for every one if it is empty."""

    show: str = ""


@dataclass(frozen=True, slots=True)
class Off:
    """Turns it off."""


@dataclass(frozen=True, slots=True)
class Status:
    """Tells how it stands."""


Wish = Open | On | Off | Status
_EXACT: dict[str, Wish] = {"": Open(), "off": Off(), "status": Status()}


def read_new(text: str) -> Wish | None:
    """Return what the text after `/llm` wants of new episodes; None for a question."""
    new = _NEW.match(text.strip())
    if new is None:
        return None
    rest = new["rest"] or ""
    if on := _ON.match(rest):
        show = on["show"].strip(" .!“”\"'")
        return On("" if _EVERY.match(show) else show)
    return _EXACT.get(rest.strip(" .!").lower())
