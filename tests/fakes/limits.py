"""What Slack refuses in a message's blocks, and in views.

Three judges, since each misses what another catches: slack_sdk's models with the round trip
compared (an unknown field shows up as a difference), slackblocks where it can parse a block, and
the limits that Slack publishes at https://docs.slack.dev/reference/block-kit/.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slackblocks import Block as OtherBlock
from slackblocks import InvalidUsageError

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_MARKDOWN = 12_000
MOST_TEXT = 13_200  # of all blocks together: not published, seen in refusals

# The longest string or list at a path below a node of that type.
_LONGEST = {
    "actions": {"elements": 25},
    "button": {"text.text": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "checkboxes": {"options": 10},
    "context": {"elements": 10},
    "conversations_select": {"placeholder.text": 150},
    "context_actions": {"elements": 5},
    "feedback_buttons": {
        f"{button}.{field}": most
        for button in ("positive_button", "negative_button")
        for field, most in {"text.text": 75, "value": 2000, "accessibility_label": 75}.items()
    },
    "header": {"text.text": 150},
    "icon_button": {"value": 2000, "accessibility_label": 75},
    "input": {"label.text": 2000, "hint.text": 2000},
    "image": {"image_url": 3000, "alt_text": 2000},
    "markdown": {"text": MOST_MARKDOWN},
    "mrkdwn": {"text": 3000},
    "overflow": {"options": 5},
    "plain_text": {"text": 3000},
    "plain_text_input": {"initial_value": 3000, "placeholder.text": 150},
    "radio_buttons": {"options": 10},
    "section": {"text.text": 3000, "fields": 10},
    "static_select": {"options": 100, "option_groups": 100, "placeholder.text": 150},
    "timepicker": {"placeholder.text": 150},
}
_LONGEST_IN_VIEW = {
    "callback_id": 255,
    "close.text": 24,
    "external_id": 255,
    "private_metadata": 3000,
    "submit.text": 24,
    "title.text": 24,
}
# What stands in messages alone.
_NOT_IN_VIEWS = frozenset({"context_actions", "markdown"})
_INLINE = frozenset(
    {"broadcast", "channel", "color", "date", "emoji", "link", "team", "text", "user", "usergroup"}
)
# What may stand in `elements`.
_CHILDREN = {
    "context": frozenset({"image", "mrkdwn", "plain_text"}),
    "context_actions": frozenset({"feedback_buttons", "icon_button"}),
    "rich_text": frozenset(
        {"rich_text_list", "rich_text_preformatted", "rich_text_quote", "rich_text_section"}
    ),
    "rich_text_list": frozenset({"rich_text_section"}),
    "rich_text_preformatted": frozenset({"link", "text"}),
    "rich_text_quote": _INLINE,
    "rich_text_section": _INLINE,
}
# Where Slack takes plain text alone.
_PLAIN = frozenset({"button", "header"})
_CHOICES = frozenset({"checkboxes", "radio_buttons", "static_select"})
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def block_faults(blocks: Any, most: int = MOST_BLOCKS) -> list[str]:
    """Every reason for which Slack would refuse these blocks; `most` is 100 for a view."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks is no list of objects"]
    faults = [fault for block in blocks for fault in _model_faults(block)]
    faults += [fault for node in _nodes(blocks) for fault in _node_faults(node)]
    faults += _repeated("block_id", blocks)
    if len(blocks) > most:
        faults.append(f"no more than {most} items allowed [blocks]")
    if sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown") > MOST_MARKDOWN:
        faults.append(f"all markdown together is longer than {MOST_MARKDOWN}")
    return faults


def view_faults(view: Any) -> list[str]:
    """Every reason for which Slack would refuse a modal or a Home."""
    blocks = view.get("blocks")
    faults = block_faults(blocks, MOST_VIEW_BLOCKS)
    for path, most in _LONGEST_IN_VIEW.items():
        if len(_at(view, path)) > most:
            faults.append(f"must be less than {most + 1} characters [view.{path}]")
    kinds = {block.get("type") for block in blocks or []}
    faults += [f"{kind} cannot stand in a view" for kind in sorted(kinds & _NOT_IN_VIEWS)]
    if view.get("type") == "modal" and _at(view, "title.type") != "plain_text":
        faults.append("must be plain_text [view.title]")
    if "input" in kinds and view.get("type") == "modal" and "submit" not in view:
        faults.append("a form needs a button that sends it [view.submit]")
    return faults


def text_length(blocks: Any) -> int:
    """How many characters of text all blocks hold together."""
    return sum(len(node["text"]) for node in _nodes(blocks) if isinstance(node.get("text"), str))


def _model_faults(block: dict[str, Any]) -> Iterator[str]:
    """What slack_sdk's and slackblocks' models say against one block."""
    try:
        model = Block.parse(block)
        if model is None or model.to_dict() != block:
            yield f"slack_sdk reads {model and model.to_dict()} from {block}"
    except (AttributeError, SlackObjectFormationError, TypeError) as error:
        yield f"slack_sdk: {error}"
    try:
        # It says itself which blocks it cannot parse yet; the other judges remain for those.
        with suppress(NotImplementedError):
            OtherBlock.from_dict(block)
    except (InvalidUsageError, KeyError, TypeError) as error:
        yield f"slackblocks: {error}"


def _node_faults(node: dict[str, Any]) -> Iterator[str]:
    """What Slack's published limits say against one object, wherever it is nested."""
    kind = node.get("type", "")
    for path, most in _LONGEST.get(kind, {}).items():
        if len(_at(node, path)) > most:
            yield f"must be less than {most + 1} characters or items [{kind}.{path}]"
    for name in ("action_id", "block_id"):
        if len(node.get(name) or "") > 255:
            yield f"must be less than 256 characters [{kind}.{name}]"
    if "text" in node and not node["text"]:
        yield f"must be more than 0 characters [{kind}.text]"
    if any(len(_at(field, "text")) > 2000 for field in node.get("fields", [])):
        yield f"must be less than 2001 characters [{kind}.fields]"
    if kind in _PLAIN and _at(node, "text.type") != "plain_text":
        yield f"must be plain_text [{kind}.text]"
    yield from _children_faults(kind, node)
    yield from _choice_faults(kind, node)
    if kind == "timepicker" and not _CLOCK.fullmatch(node.get("initial_time", "00:00")):
        yield "must be HH:mm [timepicker.initial_time]"


def _children_faults(kind: str, node: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the `elements` of a node."""
    elements = node.get("elements")
    if elements is None:
        return
    if not elements:
        yield f"must have at least one item [{kind}.elements]"
    found = {element.get("type") for element in elements}
    for stranger in sorted(map(str, found - _CHILDREN.get(kind, found))):
        yield f"{stranger} cannot stand in [{kind}.elements]"
    yield from _repeated("action_id", elements)


def _choice_faults(kind: str, node: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the options of a node, in groups or not."""
    groups = node.get("option_groups", [])
    options = [*node.get("options", []), *(one for group in groups for one in group["options"])]
    if kind in _CHOICES and not options:
        yield f"must have at least one item [{kind}.options]"
    for group in groups:
        if len(_at(group, "label.text")) > 75 or not 1 <= len(group["options"]) <= 100:
            yield f"{_at(group, 'label.text')!r} is too long or holds too much [option_groups]"
    for one in options:
        if len(_at(one, "text.text")) > 75 or not 1 <= len(one.get("value", "")) <= 150:
            yield f"{one} is too long [{kind}.options]"
    values = Counter(one.get("value") for one in options)
    yield from (f"{value!r} can be chosen twice [{kind}]" for value, n in values.items() if n > 1)
    if "initial_option" in node and node["initial_option"] not in options:
        yield f"must be one of the options [{kind}.initial_option]"


def _repeated(name: str, nodes: list[dict[str, Any]]) -> list[str]:
    """The ids that should be unique among `nodes` and are not."""
    counts = Counter(node[name] for node in nodes if name in node)
    return [f"{name} {value!r} stands {n} times" for value, n in counts.items() if n > 1]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from _nodes(child)


def _at(node: Any, path: str) -> Any:
    """The value at a dotted path, or an empty string where there is none."""
    for name in path.split("."):
        node = node.get(name) if isinstance(node, dict) else None
    return "" if node is None else node
