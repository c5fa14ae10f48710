"""Numbers, days and times along an axis, as people count them. Pure."""

from collections.abc import Iterator, Sequence
from math import ceil

from bot.episodes import listening
from bot.reports import Day, Part

LEVELS = 5  # of colour, above never
_LINES = 4  # above zero, at most
_LABELS = 7  # along an axis, at most
_WEEK = 7
_DAYS = (1, 2, _WEEK, 2 * _WEEK)  # between two labels
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120)  # the same


def steps(most: int) -> list[int]:
    """Return the lines of a scale, from 0 to the first beyond `most`, in ones, twos or fives."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * _LINES >= most:
                return list(range(0, step * max(1, ceil(most / step)) + 1, step))
        power *= 10


def labelled_days(days: Sequence[Day]) -> Iterator[tuple[int, str, bool]]:
    """Yield which days have a label, from 0, its words, and whether a phone leaves it out.

    From a week between labels on they are Mondays.
    """
    step = next((step for step in _DAYS if len(days) <= step * _LABELS), _DAYS[-1])
    for at, day in enumerate(days):
        weeks, rest = divmod(day.date.toordinal() - 1, step)  # the first of January 1 is a Monday
        if not rest:
            yield at, f"{day.date.day} {day.date:%b}", bool(weeks % 2)


def times(milliseconds: int | None) -> Iterator[tuple[float, str, bool]]:
    """Yield where along a timeline a label stands, from 0 to 1, its words, and as above."""
    if milliseconds is None:
        yield from ((0.0, "Beginning", False), (0.5, "Middle", False), (1.0, "End", False))
        return
    minutes = milliseconds / 60_000
    step = next((one for one in _MINUTES if minutes <= one * _LABELS), ceil(minutes / _LABELS))
    for number, at in enumerate(range(0, int(minutes) + 1, step)):
        yield at / minutes if minutes else 0.0, clock(60_000 * at), bool(number % 2)


def clock(milliseconds: int | None) -> str:
    """Return a time such as `1:02:03`; empty where it is not known."""
    return "" if milliseconds is None else listening.clock(milliseconds / 1000)


def levels(parts: Sequence[Part]) -> list[int]:
    """Return the colour of each part, from 0 for never to `LEVELS` for the most quoted."""
    most = max((part.answers for part in parts), default=0)
    return [ceil(LEVELS * part.answers / most) if most else 0 for part in parts]
