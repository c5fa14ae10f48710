"""What a *Share…* button carries: where the quotes stand, never their words. Pure."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.quote_refs import QuoteAgain, QuoteRefs, resolve_all, to_refs

# The kinds of answer that are lists, with the line that stands above them; the items of a list
# that the dialogue makes speak for themselves.
LISTS = {
    "takeaways": "The takeaways:",
    "outline": "The segments:",
    "terms": "The terms:",
    "list": "",
}
# The kind of an answer whose quotes are shown whole, as a person has seen them before.
_SHOWN_WHOLE = "shared"


class _Shared(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    kind: str
    quotes: Annotated[QuoteRefs, msgspec.Meta(min_length=1)]


def share_value(answer: Answer | NoAnswer, shown: Sequence[Quote] | None = None) -> str | None:
    """Return the button's value for what is shown; None if that is nothing, or too much.

    `shown` are the quotes of a page; without it they are those that an answer shows at first.
    """
    if isinstance(answer, NoAnswer):
        return None
    found = to_refs(answer.items or (answer.shown if shown is None else shown))
    return encode_value(_Shared(answer.kind, found)) if found else None


def shared_answer(value: str, quote: QuoteAgain) -> Answer | None:
    """Return what a value stands for, quoted again by `quote`; None if it cannot be."""
    shared = decode_value(value, _Shared)
    found = tuple(resolve_all(shared.quotes, quote)) if shared else ()
    if shared is None or not found:
        return None
    if shared.kind in LISTS:
        return Answer("", shared.kind, LISTS[shared.kind], found[:3], items=found)
    return Answer("", _SHOWN_WHOLE, "", found[:3])
