"""The thumbs below an answer, and what they carry: coordinates, never words. Pure."""

from collections.abc import Sequence

import msgspec

from bot.answers import Quote
from bot.slack.coordinates import BUTTON_VALUE, Editions, QuoteAgain, editions, found_again
from bot.slack.elements import Block, plain

THUMBS = "thumbs"
_LABEL = 75
_Value = tuple[str, bool, Editions]


def thumbs(answer_id: str, quotes: Sequence[Quote] = ()) -> Block:
    """Two buttons below an answer that quotes `quotes`, or declines."""
    found = editions(quotes)
    button = {
        "type": "feedback_buttons",
        "action_id": THUMBS,
        "positive_button": _thumb("Helpful", "It helped", (answer_id, True, found)),
        "negative_button": _thumb("Not helpful", "It did not help", (answer_id, False, found)),
    }
    return {"type": "context_actions", "elements": [button]}


def judged(value: str, quote: QuoteAgain) -> tuple[str, bool, list[Quote]] | None:
    """The answer's id, whether it helped, and what it quoted, found again by `quote`.

    Quotes of an older edition are left out; None where the value is not one of these buttons'.
    """
    if len(value) > BUTTON_VALUE:
        return None
    try:
        answer_id, helpful, groups = msgspec.json.decode(value, type=_Value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    return answer_id[:_LABEL], helpful, [one for one in found_again(groups, quote) if one]


def _thumb(label: str, meaning: str, value: _Value) -> Block:
    return {
        "text": plain(label, _LABEL),
        "value": msgspec.json.encode(value).decode(),
        "accessibility_label": meaning,
    }
