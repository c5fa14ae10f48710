"""What a person can press or fill in, as a terminal shows it in words. Pure."""

from collections.abc import Iterator
from typing import Any

from bot.terminal.stand_in import Message

_FORM = "In Slack this opens as a form to fill in; here, nothing can be sent with it."
_CHOICE = "In Slack this opens as a form; here, a number sends it."
_WORDS = "In Slack this opens as a form; here, the next line fills it in."
_VIEW = "In Slack this opens in a window of its own."
_INITIAL = ("initial_value", "initial_time", "initial_conversation")


def pressable(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the buttons of a block: the label of each, and what Slack sends when it is pressed.

    Each option of a menu is one of them.
    """
    if block["type"] not in {"actions", "context_actions"}:
        return
    for element in block["elements"]:
        if element["type"] == "button":
            yield element["text"]["text"], element
        elif element["type"] == "static_select":
            chosen = {"type": "static_select", "action_id": element["action_id"]}
            for one in element["options"]:
                yield one["text"]["text"], chosen | {"selected_option": one}
        elif element["type"] == "feedback_buttons":
            for thumb in (element["positive_button"], element["negative_button"]):
                pressed = {"type": "feedback_buttons", "action_id": element["action_id"]}
                yield thumb["text"]["text"], pressed | {"value": thumb["value"]}


def form(view: dict[str, Any]) -> Message:
    """Return a modal, which a terminal does not have: what it shows, as a message to one person.

    Where it asks for one choice alone, its options become buttons that send it; where it asks for
    nothing, so does the button that sends it. One line of words alone is typed.
    """
    choice, going_on = _only_choice(view), _going_on(view)
    shown = [part for block in view["blocks"] for part in _form_parts(block, choice)]
    if going_on:
        shown.append({"type": "actions", "elements": [going_on]})
    hint = {"type": "context", "elements": [{"type": "plain_text", "text": _hint(view)}]}
    blocks = [{"type": "header", "text": view["title"]}, *shown, hint]
    return Message(view["title"]["text"], blocks, ephemeral=True)


def buttons_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what pressing the buttons of a modal sends."""
    return [button for block in form(view).blocks for _label, button in pressable(block)]


def filled_in(view: dict[str, Any], button: dict[str, Any]) -> dict[str, Any] | None:
    """Return the state of a modal once a button has made the one choice in it, or sends it as is.

    Returns None if the button does neither.
    """
    choice = _only_choice(view)
    if button == _going_on(view):
        return {"values": {}}
    if choice is None or button not in _options(choice)["elements"]:
        return None
    element = choice["element"]
    chosen = {"type": element["type"], "selected_option": {"value": button["value"]}}
    return {"values": {choice["block_id"]: {element["action_id"]: chosen}}}


def written_in(view: dict[str, Any], line: str) -> dict[str, Any] | None:
    """Return the state of a modal once a line is typed into it; None if it asks for more than that.

    An empty line does for asking whether it does.
    """
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if "submit" not in view or [one["element"]["type"] for one in inputs] != ["plain_text_input"]:
        return None
    [block] = inputs
    typed = {"type": "plain_text_input", "value": line}
    return {"values": {block["block_id"]: {block["element"]["action_id"]: typed}}}


def _hint(view: dict[str, Any]) -> str:
    """Return what can be done with a modal here."""
    if _only_choice(view) or _going_on(view):
        return _CHOICE
    if "submit" not in view:
        return _VIEW
    return _WORDS if written_in(view, "") else _FORM


def _only_choice(view: dict[str, Any]) -> dict[str, Any] | None:
    """Return the one input of a modal, where it is one of radio buttons."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    choices: list[dict[str, Any]] = [
        block for block in inputs if block["element"]["type"] == "radio_buttons"
    ]
    return choices[0] if len(inputs) == len(choices) == 1 else None


def _going_on(view: dict[str, Any]) -> dict[str, Any] | None:
    """Return the button that sends a modal which asks for nothing; None for any other modal."""
    if "submit" not in view or any(block["type"] == "input" for block in view["blocks"]):
        return None
    return {"type": "button", "action_id": "submit", "text": view["submit"]}


def _form_parts(block: dict[str, Any], choice: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    if block is not choice:
        yield block
    else:
        yield {"type": "section", "text": block["label"]}
        yield _options(block)


def _options(choice: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a choice, as buttons."""
    name = choice["element"]["action_id"]
    options = choice["element"]["options"]
    return {
        "type": "actions",
        "elements": [{"type": "button", "action_id": name, **option} for option in options],
    }


def input_line(block: dict[str, Any]) -> str:
    """Return an input's label with what stands in it, or with what there is to choose from."""
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
    """Return what stands in a field or is selected before anybody fills it in."""
    if "initial_option" in element:
        return str(element["initial_option"]["text"]["text"])
    return str(next((element[name] for name in _INITIAL if name in element), ""))
