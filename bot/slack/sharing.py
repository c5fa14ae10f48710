"""What a *Share to channel* button carries: where the quotes stand, never their words. Pure."""

from typing import Annotated

import msgspec

from bot.answers import Answer, NoAnswer
from bot.slack.coordinates import BUTTON_VALUE, Editions, QuoteAgain, editions, found_again

# The kinds of answer that are lists, with the line that stands above them; the items of a list
# that the dialogue makes speak for themselves.
LISTS = {
    "takeaways": "The takeaways",
    "outline": "The segments",
    "terms": "The terms",
    "list": "",
}

_Value = tuple[str, Annotated[Editions, msgspec.Meta(min_length=1)]]


def share_value(answer: Answer | NoAnswer) -> str | None:
    """The button's value for what was quoted; None where there is nothing to share, or too much."""
    if isinstance(answer, NoAnswer):
        return None
    found = editions(answer.items or answer.quotes)
    value = msgspec.json.encode((answer.kind, found)).decode()
    return value if found and len(value) <= BUTTON_VALUE else None


def shared_answer(value: str, quote: QuoteAgain) -> Answer | None:
    """What a button's value stands for, quoted again by `quote`; None where it cannot be."""
    if len(value) > BUTTON_VALUE:
        return None
    try:
        kind, groups = msgspec.json.decode(value, type=_Value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    quotes = found_again(groups, quote)
    found = tuple(quote for quote in quotes if quote is not None)
    if len(found) < len(quotes):
        return None
    items = found if kind in LISTS else ()
    return Answer(question="", kind=kind, lead=LISTS.get(kind, ""), quotes=found[:3], items=items)
