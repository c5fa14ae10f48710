"""The parts that modals are made of. Pure.

https://docs.slack.dev/reference/views/modal-views
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from bot.slack.blocks.elements import Block, plain

TITLE, TEXT = 24, 75
SENT_BEFORE = "This form has been sent before, and is not sent twice."

_Kind = TypeVar("_Kind")


def modal(title: str, blocks: Sequence[Block], *, close: str = "Close", **fields: Any) -> Block:
    """Return a modal; `fields` are such as `callback_id`, `private_metadata` and `submit`."""
    return {
        "type": "modal",
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "blocks": list(blocks),
        **fields,
    }


def submit(label: str) -> Block:
    """Return the label of the button that sends a form."""
    return plain(label, TITLE)


def field(name: str, label: str, element: Block) -> Block:
    """Return an input; `name` is its block's id and its action's."""
    named = {"type": element["type"], "action_id": name, **element}
    return {"type": "input", "block_id": name, "label": plain(label, TEXT), "element": named}


def radio(options: Mapping[str, str], initial: str | None = None) -> Block:
    """Return radio buttons; `options` maps what each stands for to the words that people see."""
    chosen = {"initial_option": option(initial, options[initial])} if initial else {}
    shown = [option(value, text) for value, text in options.items()]
    return {"type": "radio_buttons", "options": shown, **chosen}


def checkbox(value: str, text: str) -> Block:
    """Return a box to tick: https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element."""
    return {"type": "checkboxes", "options": [option(value, text)]}


def option(value: str, text: str) -> Block:
    """Return one of the things to choose from."""
    return {"text": plain(text, TEXT), "value": value}


def buttons(labels: Mapping[str, str], value: str = "") -> Block:
    """Return a row of buttons; `labels` maps their actions to their words, `value` is carried."""
    carried = {"value": value} if value else {}
    shown = [
        {"type": "button", "action_id": action, "text": plain(label, TEXT), **carried}
        for action, label in labels.items()
    ]
    return {"type": "actions", "elements": shown}


def filled(view: Block, name: str, kind: type[_Kind]) -> _Kind | None:
    """Return what came back in an input, as `kind`; None if the form does not offer it."""
    try:
        return msgspec.convert(view["state"]["values"][name][name], kind)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None


class _Option(msgspec.Struct):
    value: str


class _Choice(msgspec.Struct):
    selected_option: _Option


class _Choices(msgspec.Struct):
    selected_options: list[_Option]


class _Words(msgspec.Struct):
    value: str


def chosen(view: Block, name: str) -> str:
    """Return the value of the option that was chosen; empty if none was."""
    choice = filled(view, name, _Choice)
    return choice.selected_option.value if choice else ""


def ticked(view: Block, name: str) -> bool:
    """Return whether any of the boxes was ticked."""
    choices = filled(view, name, _Choices)
    return bool(choices and choices.selected_options)


def typed(view: Block, name: str, limit: int) -> str:
    """Return the words that were typed, at most `limit` characters; empty if there are none."""
    words = filled(view, name, _Words)
    return words.value.strip()[:limit] if words else ""
