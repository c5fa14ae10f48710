"""Where quotes stand, as buttons carry it: never their words. Pure."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Annotated

import msgspec

from bot.answers import Quote

# What quotes an episode again: its slug, its digest, start and end.
QuoteAgain = Callable[[str, str, int, int], Quote | None]
_Span = tuple[int, int]
_Spans = Annotated[list[_Span], msgspec.Meta(min_length=1)]
# [[episode, digest, [[start, end], …]], …]: the episode once for all its neighbours, so that a
# list of a hundred fits.
QuoteRefs = list[tuple[str, str, _Spans]]


def to_refs(quotes: Iterable[Quote]) -> QuoteRefs:
    """Return the coordinates of quotes, each run of one episode's together."""
    groups = groupby(quotes, key=lambda quote: (quote.episode, quote.digest))
    return [(*edition, [(quote.start, quote.end) for quote in run]) for edition, run in groups]


def resolve(groups: QuoteRefs, quote: QuoteAgain) -> list[Quote | None]:
    """Return what coordinates stand for; None in the place of each that stands for nothing."""
    return [quote(episode, digest, *span) for episode, digest, spans in groups for span in spans]


def resolve_all(groups: QuoteRefs, quote: QuoteAgain) -> list[Quote]:
    """Return what coordinates stand for; an empty list if any of them stands for nothing."""
    found = resolve(groups, quote)
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []
