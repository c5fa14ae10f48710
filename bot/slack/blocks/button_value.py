"""What a button or a form carries: JSON within Slack's limit, checked when it comes back. Pure."""

from typing import TypeVar

import msgspec

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_VALUE = 2_000
# https://docs.slack.dev/reference/views/modal-views: `private_metadata`.
METADATA = 3_000
_Kind = TypeVar("_Kind")


def encode_value(what: object, most: int = BUTTON_VALUE) -> str | None:
    """Return a value of at most `most` characters; None if it takes more."""
    try:
        value = msgspec.json.encode(what).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None
    return value if len(value) <= most else None


def decode_value(value: str, kind: type[_Kind], most: int = BUTTON_VALUE) -> _Kind | None:
    """Return what a value holds; None if the bot cannot have made it."""
    if len(value) > most:
        return None
    try:
        return msgspec.json.decode(value, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
