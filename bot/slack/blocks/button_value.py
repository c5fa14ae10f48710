"""What a button or a form carries: JSON within Slack's limit, checked when it comes back. Pure."""

from typing import TypeVar

import msgspec

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_VALUE = 2_000
_Kind = TypeVar("_Kind")


def encode_value(what: object) -> str | None:
    """A button's value; None where a button has no room for it."""
    try:
        value = msgspec.json.encode(what).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return value if len(value) <= BUTTON_VALUE else None


def decode_value(value: str, kind: type[_Kind]) -> _Kind | None:
    """What a button's value holds; None where the bot cannot have made it."""
    if len(value) > BUTTON_VALUE:
        return None
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
