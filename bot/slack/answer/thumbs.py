"""The thumbs below an answer, and what they carry: coordinates, never words. Pure."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from bot.answers import Quote
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import BUTTON_LABEL, Block, plain
from bot.slack.blocks.quote_refs import QuoteAgain, QuoteRefs, resolve, to_refs

THUMBS = "thumbs"


class _Thumb(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    answer_id: str
    helpful: bool
    quotes: QuoteRefs


def thumbs(answer_id: str, quotes: Sequence[Quote] = ()) -> Block:
    """Return two buttons below an answer that quotes `quotes`, or declines."""
    up, down = (_Thumb(answer_id, helpful, to_refs(quotes)) for helpful in (True, False))
    button = {
        "type": "feedback_buttons",
        "action_id": THUMBS,
        "positive_button": _button("Helpful", "It helped", up),
        "negative_button": _button("Not helpful", "It did not help", down),
    }
    return {"type": "context_actions", "elements": [button]}


def decode_thumb(value: str, quote: QuoteAgain) -> tuple[str, bool, list[Quote]] | None:
    """Return the answer's id, whether it helped, and what it quoted, found again by `quote`.

    Quotes from another version of the transcript are left out. Returns None if the value is not one
    of these buttons'.
    """
    thumb = decode_value(value, _Thumb)
    if thumb is None:
        return None
    quotes = [one for one in resolve(thumb.quotes, quote) if one]
    return thumb.answer_id[:BUTTON_LABEL], thumb.helpful, quotes


def _button(label: str, meaning: str, value: _Thumb) -> Block:
    return {
        "text": plain(label, BUTTON_LABEL),
        "value": encode_value(value) or encode_value(replace(value, quotes=[])) or "",
        "accessibility_label": meaning,
    }
