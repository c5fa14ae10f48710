"""Where quotes stand, as buttons carry it: never their words. Pure."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Annotated, TypeVar

import msgspec

from bot.answers import Quote

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_VALUE = 2_000

# What quotes an episode again: its slug, its digest, start and end.
QuoteAgain = Callable[[str, str, int, int], Quote | None]
_Span = tuple[int, int]
_Spans = Annotated[list[_Span], msgspec.Meta(min_length=1)]
# [[episode, digest, [[start, end], …]], …]: the episode once for all its neighbours, so that a
# list of a hundred fits.
Editions = list[tuple[str, str, _Spans]]
_Kind = TypeVar("_Kind")


def editions(quotes: Iterable[Quote]) -> Editions:
    """The coordinates of quotes, each run of one episode's together."""
    groups = groupby(quotes, key=lambda quote: (quote.episode, quote.digest))
    return [(*edition, [(quote.start, quote.end) for quote in run]) for edition, run in groups]


def found_again(groups: Editions, quote: QuoteAgain) -> list[Quote | None]:
    """What coordinates stand for; None in the place of each that stands for nothing."""
    return [quote(episode, digest, *span) for episode, digest, spans in groups for span in spans]


def all_again(groups: Editions, quote: QuoteAgain) -> list[Quote]:
    """What coordinates stand for; nothing unless every one of them stands for something."""
    found = found_again(groups, quote)
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else []


def carry(what: object) -> str | None:
    """A button's value; None where a button has no room for it."""
    try:
        value = msgspec.json.encode(what).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return value if len(value) <= BUTTON_VALUE else None


def carried(value: str, kind: type[_Kind]) -> _Kind | None:
    """What a button's value holds; None where the bot cannot have made it."""
    if len(value) > BUTTON_VALUE:
        return None
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
