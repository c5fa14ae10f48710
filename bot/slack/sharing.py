"""What a *Share to channel* button carries: where the quotes stand, never their words. Pure."""

from collections.abc import Callable
from itertools import groupby
from typing import Annotated

import msgspec

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.blocks import BUTTON_VALUE

# The kinds of answer that are lists, with the line that stands above them; the items of a list
# that the dialogue makes speak for themselves.
LISTS = {
    "takeaways": "The takeaways",
    "outline": "The segments",
    "terms": "The terms",
    "list": "",
}

_Span = tuple[int, int]
_Spans = Annotated[list[_Span], msgspec.Meta(min_length=1)]
# [kind, [[episode, digest, [[start, end], …]], …]]: the episode once for all its neighbours,
# so that a list of a hundred fits.
_Value = tuple[str, Annotated[list[tuple[str, str, _Spans]], msgspec.Meta(min_length=1)]]


def share_value(answer: Answer | NoAnswer) -> str | None:
    """The button's value for what was quoted; None where there is nothing to share, or too much."""
    if isinstance(answer, NoAnswer):
        return None
    groups = groupby(answer.items or answer.quotes, key=lambda quote: (quote.episode, quote.digest))
    found = [
        (*edition, [(quote.start, quote.end) for quote in quotes]) for edition, quotes in groups
    ]
    value = msgspec.json.encode((answer.kind, found)).decode()
    return value if found and len(value) <= BUTTON_VALUE else None


def shared_answer(value: str, quote: Callable[[str, str, int, int], Quote | None]) -> Answer | None:
    """What a button's value stands for, quoted again by `quote`; None where it cannot be."""
    if len(value) > BUTTON_VALUE:
        return None
    try:
        kind, groups = msgspec.json.decode(value, type=_Value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    quotes = [quote(episode, digest, *span) for episode, digest, spans in groups for span in spans]
    found = tuple(quote for quote in quotes if quote is not None)
    if len(found) < len(quotes):
        return None
    items = found if kind in LISTS else ()
    return Answer(question="", kind=kind, lead=LISTS.get(kind, ""), quotes=found[:3], items=items)
