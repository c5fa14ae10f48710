"""What a person can press or fill in, as a terminal shows it in words. Pure."""

from collections.abc import Iterator
from typing import Any

from bot.terminal.stand_in import Message

_HINT = "In Slack this opens as a form to fill in; here, nothing can be sent with it."
_INITIAL = ("initial_value", "initial_time", "initial_conversation")


def pressable(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The buttons of a block: the label of each, and what Slack sends when it is pressed."""
    if block["type"] not in {"actions", "context_actions"}:
        return
    for element in block["elements"]:
        if element["type"] == "button":
            yield element["text"]["text"], element
        elif element["type"] == "feedback_buttons":
            for thumb in (element["positive_button"], element["negative_button"]):
                pressed = {"type": "feedback_buttons", "action_id": element["action_id"]}
                yield thumb["text"]["text"], pressed | {"value": thumb["value"]}


def form(view: dict[str, Any]) -> Message:
    """A modal, which a terminal does not have: what it asks for, as a message to one person."""
    hint = {"type": "context", "elements": [{"type": "plain_text", "text": _HINT}]}
    blocks = [{"type": "header", "text": view["title"]}, *view["blocks"], hint]
    return Message(view["title"]["text"], blocks, ephemeral=True)


def input_line(block: dict[str, Any]) -> str:
    """An input's label with what stands in it, or with what there is to choose from."""
    element = block["element"]
    return f"{block['label']['text']}: {_choices(element) or f'[{_content(element)}]'}"


def _choices(element: dict[str, Any]) -> str:
    """Radio buttons and checkboxes, those that are chosen marked."""
    if element["type"] not in {"radio_buttons", "checkboxes"}:
        return ""
    chosen = [element.get("initial_option"), *element.get("initial_options", [])]
    return "  ".join(
        f"({'x' if option in chosen else ' '}) {option['text']['text']}"
        for option in element["options"]
    )


def _content(element: dict[str, Any]) -> str:
    """What stands in a field or is selected before anybody fills it in."""
    if "initial_option" in element:
        return str(element["initial_option"]["text"]["text"])
    return str(next((element[name] for name in _INITIAL if name in element), ""))
