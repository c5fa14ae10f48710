"""Dates, lengths and names as a page says them. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from bot.episodes import Entry

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_TURNS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MINUTE, _HOUR = 60, 60


def day(told: str | None) -> str:
    """Return a date such as `17 May 2024`; one that no calendar has as it is told."""
    try:
        found = date.fromisoformat(told or "")
    except ValueError:
        return told or ""
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def length(seconds: int | None) -> str:
    """Return how long something is, such as `1 h 4 min`; empty where that is not known."""
    if not seconds:
        return ""
    hours, minutes = divmod(max(1, round(seconds / _MINUTE)), _HOUR)
    return " ".join(filter(None, (f"{hours} h" * bool(hours), f"{minutes} min" * bool(minutes))))


def unturned(words: str) -> str:
    """Return words without what turns the direction of those after them.

    A title in a tab has no element that would end it:
    https://www.w3.org/International/questions/qa-bidi-unicode-controls.
    """
    return _TURNS.sub("", words)


def site_name(entries: Sequence[Entry]) -> str:
    """Return what the library is called: the one show, or what all of them are."""
    shows = {entry.show for entry in entries}
    [show, *others] = shows or {""}
    return "Podcasts" if others or not show else show


def facts(entry: Entry, *, show: bool, number: bool = True) -> str:
    """Return the line beside an episode's title; show and number are said only if asked for.

    A show's name turns nothing of what stands behind it.
    """
    counted = "" if entry.number is None or not number else f"Episode {entry.number}"
    told = (unturned(entry.show) * show, counted, day(entry.date), length(entry.seconds))
    return " · ".join(filter(None, told))
