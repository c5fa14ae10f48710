"""`/llm daily …`, read. Pure: what a person wants, or what of it was not understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from bot.daily.time_zones import elsewhere, find_zone, nearest_zones, possible_zones

USUAL_TIME = time(9)

_DAILY = re.compile(r"^daily(?:\s+(?P<rest>\S.*))?$", re.IGNORECASE | re.DOTALL)
_ON = re.compile(r"^on(?=[\s,.!]|$)[\s,.!]*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_DAYS = re.compile(
    r"\b(?:(?P<weekdays>(?:(?:every|on|each) )?(?:weekdays?|workdays?)"
    r"|mon(?:day)? ?[-–] ?fri(?:day)?)|(?P<all>(?:every|each|all) ?days?|daily))\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w:.+/−-])(?:(?:12\s+)?(?P<name>noon|midday|midnight)"
    r"|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})|\s?h(?:ours|rs)?\b)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?)(?![\w:+/-]|\.\w)",
    re.IGNORECASE,
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_MINUTES, _HALF = 60, 12  # of an hour, in hours
_LONGEST = 5  # words of a zone's name
_FILLERS = frozenset(
    {"at", "in", "and", "o'clock", "time", "please", "zone", "timezone", "on", "uhr"}
)


@dataclass(frozen=True, slots=True)
class Open:
    """Shows the settings as a form."""


@dataclass(frozen=True, slots=True)
class On:
    """Turns it on or changes it; None stands for what it is already, or what is usual.

    `zone` was written as the abbreviation `letters`, if that means `others` outside the Americas.
    """

    local_time: time | None = None
    zone: str | None = None
    weekdays: bool | None = None
    letters: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Off:
    """Turns it off."""


@dataclass(frozen=True, slots=True)
class Status:
    """Tells how it stands."""


@dataclass(frozen=True, slots=True)
class Now:
    """Shows the next one to the person alone."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Turns it on, but `words` are neither a time nor a zone nor days; `zones` look like them.

    They are `ambiguous` if they stand for one of the zones, such as IST.
    """

    words: str
    zones: tuple[str, ...] = ()
    ambiguous: bool = False


Wish = Open | On | Off | Status | Now | Unclear
_EXACT: dict[str, Wish] = {"": Open(), "off": Off(), "status": Status(), "now": Now()}


def read_daily(text: str) -> Wish | None:
    """Return what the text after `/llm` wants of the daily takeaway; None for a question."""
    daily = _DAILY.match(text.strip())
    if daily is None:
        return None
    rest = daily["rest"] or ""
    if on := _ON.match(rest):
        return _read_on(on["rest"])
    return _EXACT.get(rest.strip(" .!").lower())


def _read_on(text: str) -> On | Unclear:
    """Read a time, a zone and days, in any order; each may be left out."""
    days = _DAYS.search(text)
    rest = _without(text, days)
    found = next(_times(rest), None)
    if found:
        rest = _without(rest, found[0])
    words = [word for word in re.split(r"[\s,;]+", rest) if word.strip(".!")]
    named, strange = _zone_among([word for word in words if word.lower() not in _FILLERS])
    if strange:
        possible = tuple(possible_zones(strange))
        return Unclear(strange, possible or tuple(nearest_zones(strange)), bool(possible))
    others = tuple(elsewhere(named))
    return On(
        found[1] if found else None,
        find_zone(named),
        weekdays=not days["all"] if days else None,
        letters=named if others else "",
        others=others,
    )


def _without(text: str, found: re.Match[str] | None) -> str:
    return text if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _times(text: str) -> Iterator[tuple[re.Match[str], time]]:
    """Yield the times that are on a clock."""
    for found in _TIME.finditer(text):
        if found["name"]:
            yield found, _NAMED[found["name"].lower()]
        elif (hour := _hour(int(found["hour"]), found["half"])) is not None:
            minute = int(found["minute"] or 0)
            if minute < _MINUTES:
                yield found, time(hour, minute)


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of the day; None for one that is on no clock."""
    if half is None:
        return hour if hour < 2 * _HALF else None
    if not 1 <= hour <= _HALF:
        return None
    return hour % _HALF + (_HALF if half[0].lower() == "p" else 0)


def _zone_among(words: list[str]) -> tuple[str, str]:
    """Return the longest run of words that names a zone, and the words beside it."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            named = " ".join(words[start : start + size])
            if find_zone(named):
                return named, " ".join([*words[:start], *words[start + size :]])
    return "", " ".join(words)
