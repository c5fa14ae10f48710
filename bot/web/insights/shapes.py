"""The few shapes of SVG that the drawings are made of. Pure."""

from collections.abc import Iterable
from math import ceil

import svg
from markupsafe import Markup, escape


def drawing(
    name: str, title: str, says: str, height: float, drawn: Iterable[svg.Element]
) -> Markup:
    """Return a drawing that a screen reader reads as its title and one sentence."""
    heading, sentence = (
        svg.Title(id=f"{name}-title", text=escaped(title)),
        svg.Desc(id=f"{name}-desc", text=escaped(says)),
    )
    told = {"role": "img", "aria-labelledby": f"{name}-title {name}-desc"}
    return _svg(height, [heading, sentence, *drawn], told)


def hidden(height: float, drawn: Iterable[svg.Element]) -> Markup:
    """Return a drawing that says no more than the words beside it, which screen readers read."""
    return _svg(height, drawn, {"aria-hidden": "true"})


def _svg(height: float, drawn: Iterable[svg.Element], told: dict[str, str]) -> Markup:
    whole = svg.SVG(width=percent(1), height=round(height), elements=list(drawn), extra=told)
    return Markup(whole.as_str())  # noqa: S704 - all words in it went through `escaped`


def rectangle(across: tuple[float, float], down: tuple[float, float], name: str) -> svg.Rect:
    """Return a rectangle: from where and how far, across in shares of the width, down in pixels."""
    (x, width), (y, height) = across, down
    return svg.Rect(
        x=percent(x), width=percent(width), y=round(y, 1), height=round(height, 1), class_=[name]
    )


def line(y: float, name: str) -> svg.Line:
    """Return a line across the whole width."""
    y = ceil(y) - 0.5  # in the middle of a pixel, where a line is sharp
    return svg.Line(x1=0, x2=percent(1), y1=y, y2=y, class_=[name])


def label(x: float, y: float, words: str, side: str, name: str) -> svg.Text:
    """Return words that begin, end or have their middle at a place; `side` says which."""
    return svg.Text(x=percent(x), y=round(y, 1), text=escaped(words), class_=[side, name])


def percent(share: float) -> svg.Length:
    """Return a share of the width, from 0 to 1, as SVG has it."""
    return svg.Length(round(100 * share, 3), "%")


def escaped(words: str) -> str:
    """Return words as what they are: svg.py writes them as they come."""
    return str(escape(words))
