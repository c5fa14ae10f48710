"""What the page draws, as SVG that stands in it. Pure.

Widths are in percent and heights in pixels, so that a drawing fits a phone without its letters
shrinking. Colours are classes: the style sheet knows light and dark. Nothing here is a style or a
script, which the page's policy would refuse.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

import svg
from markupsafe import Markup

from bot.reports import Day, Quoting, Share
from bot.reports.timeline import PARTS
from bot.web.insights.scales import clock, labelled_days, levels, steps, times
from bot.web.insights.shapes import drawing, escaped, hidden, label, line, percent, rectangle

_HEIGHT, _TOP, _BASE = 190, 14, 164  # pixels of the drawing over time; where its plot lies
_SPARK = 32  # pixels of a show's
_BAR = 10  # pixels of a bar in a row of a table
_STRIP, _STRIP_TOP = 48, 22  # pixels of the timeline's coloured strip, and what stands above it
_FILLED = 0.76  # of a day's width that its bar takes; chosen by hand
_LAP = 1.15  # of its own width that a part of the strip takes; chosen by hand
_GAP = 1  # pixel between answered and declined
_ROOM = 0.04  # of the width that a label needs beside an edge or another one
_NUMBERED = 0.05  # of the width that a chapter's number needs, on a phone


def over_time(days: Sequence[Day], name: str) -> Markup:
    """Return a bar for each day: answered below, declined above."""
    marks = steps(max(day.asked for day in days))
    drawn: list[svg.Element] = []
    for mark in marks:
        y = _BASE - (_BASE - _TOP) * mark / marks[-1]
        drawn += [line(y, "axis" if mark == 0 else "grid"), *_above(mark, y)]
    drawn += _columns(days, (_BASE - _TOP) / marks[-1], _BASE)
    for at, words, minor in labelled_days(days):
        if _ROOM <= (x := (at + 0.5) / len(days)) <= 1 - _ROOM:
            drawn.append(label(x, _BASE + 18, words, "middle", "minor" if minor else "major"))
    asked, declined = sum(day.asked for day in days), sum(day.declined for day in days)
    busiest = max(days, key=lambda day: day.asked)
    says = (
        f"{asked:,} questions in {len(days)} days, {declined:,} of them declined. "
        f"Most on {busiest.date.day} {busiest.date:%B}: {busiest.asked:,}."
    )
    return drawing(name, "Questions a day, answered and declined", says, _HEIGHT, drawn)


def of_show(days: Sequence[Day], most: int) -> Markup:
    """Return the same of a show, small; `most` is the tallest day of all shows beside it.

    The numbers stand in its row.
    """
    columns = _columns(days, (_SPARK - 2) / max(1, most), _SPARK - 1)
    return hidden(_SPARK, [line(_SPARK - 0.5, "axis"), *columns])


def of_share(share: Share, most: int) -> Markup:
    """Return a bar of what was answered and declined; `most` is the longest bar beside it."""
    return bar([("answered", share.answered), ("declined", share.declined)], most)


def bar(parts: Iterable[tuple[str, int]], most: int) -> Markup:
    """Return a bar of counts, each with its class, one after the other. Its row says them."""
    drawn, begin = list[svg.Element](), 0.0
    for name, number in parts:
        width = number / max(1, most)
        drawn.append(rectangle((begin, width), (1, _BAR - 2), name))
        begin += width
    return hidden(_BAR, drawn)


def timeline(found: Quoting, names: Sequence[str], name: str) -> Markup:
    """Return an episode as a strip, darker where it was quoted more; `names` are its chapters'."""
    most = max(part.answers for part in found.parts)
    drawn: list[svg.Element] = []
    for at, (part, level) in enumerate(zip(found.parts, levels(found.parts), strict=True)):
        place = f"{clock(part.since)}–{clock(part.until)}" if found.milliseconds else _share(at)
        told = f"{place}: {answers(part.answers)}"
        # Each reaches a little below the next one, or a gap would show where pixels are rounded.
        width = min(_LAP / PARTS, 1 - at / PARTS)
        cell = rectangle((at / PARTS, width), (_STRIP_TOP, _STRIP), f"heat{level}")
        cell.elements = [svg.Title(text=escaped(told))] if part.answers else None
        drawn.append(cell)
    drawn += _marked(found, names)
    for x, words, minor in times(found.milliseconds):
        side = "start" if x < _ROOM else "end" if x > 1 - _ROOM else "middle"
        named = "minor" if minor else "major"
        drawn.append(label(x, _STRIP_TOP + _STRIP + 18, words, side, named))
    says = f"Quoted in {answers(found.answers)}; the most quoted place in {answers(most)}."
    height = _STRIP_TOP + _STRIP + 26
    return drawing(name, "How often each place was quoted", says, height, drawn)


def scale() -> Markup:
    """Return the colours of the timeline, from never to most."""
    return hidden(_BAR, [rectangle((at / 6, 1 / 6), (0, _BAR), f"heat{at}") for at in range(6)])


def answers(number: int) -> str:
    """Return so many answers."""
    return "1 answer" if number == 1 else f"{number:,} answers"


def _columns(days: Sequence[Day], scale: float, base: float) -> Iterator[svg.Element]:
    """Yield a bar for each day that has a question, `scale` pixels a question."""
    for at, day in enumerate(days):
        if not day.asked:
            continue
        across = ((at + (1 - _FILLED) / 2) / len(days), _FILLED / len(days))
        told = f"{day.date.day} {day.date:%B}: {day.answered:,} answered, {day.declined:,} declined"
        bottom = base
        parts = list[svg.Element]([svg.Title(text=escaped(told))])
        for name, number in (("answered", day.answered), ("declined", day.declined)):
            if number:
                height = max(1.0, number * scale - (_GAP if bottom < base else 0))
                parts.append(rectangle(across, (bottom - height, height), name))
                bottom -= height + _GAP
        yield svg.G(elements=parts)


def _marked(found: Quoting, names: Sequence[str]) -> Iterator[svg.Element]:
    """Yield where each chapter begins, and its number as far as there is room."""
    if len(found.chapters) < 2:  # noqa: PLR2004 - one chapter is the whole
        return
    ends = [*(one.begin for one in found.chapters[1:]), 1.0]
    for number, chapter, end, title in zip(count(1), found.chapters, ends, names, strict=False):
        x = percent(chapter.begin)
        yield svg.Line(x1=x, x2=x, y1=3, y2=_STRIP_TOP - 3, class_=["chapter"])
        if end - chapter.begin >= _NUMBERED:
            numbered = label(chapter.begin, 14, str(number), "start", "major")
            numbered.dx = 5
            yield svg.G(elements=[svg.Title(text=escaped(title)), numbered])


def _above(mark: int, y: float) -> Iterator[svg.Element]:
    """Yield the label of a grid line; the one at the bottom needs none."""
    if mark:
        yield label(0, y - 4, f"{mark:,}", "start", "major")


def _share(at: int) -> str:
    return f"{at / PARTS:.0%} of the text"
