"""The parts that blocks are made of. Pure.

Words that are not the bot's own stand in `plain_text` objects and in `text` elements of
`rich_text`, where no markup acts; in a message's `text`, which is mrkdwn, they are escaped.
"""

import re
import string
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

Block = dict[str, Any]
DIVIDER: Block = {"type": "divider"}

# Half of a surrogate pair is no text in UTF-8, and control characters have no place in a message.
_UNPRESENTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# https://docs.slack.dev/reference/block-kit/block-elements/button-element: characters of a button,
# and of what a screen reader says of it.
BUTTON_LABEL = 75
_CUT_ENTITY = re.compile(r"&[a-z]*$")
# Characters of an address. Chosen by hand: most recordings' are shorter, and three quotes with two
# addresses each are within what Slack takes of a message (`LEAD` and its neighbours).
_ADDRESS = 400
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)
# What may stand in a link as it is. The rest is written as %xx: `|` and `>` would end it.
_IN_LINK = "".join(set(string.punctuation) - set('"<>\\^`{|}'))


def rich(*elements: Block) -> Block:
    """Return a `rich_text` block of sections, lists and quotes."""
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Block) -> Block:
    """Return a paragraph, or an item of a list."""
    return {"type": "rich_text_section", "elements": list(elements)}


def bullets(sections: Iterable[Block]) -> Block:
    """Return a list with a point before each item."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(sections)}


def numbered(sections: Iterable[Block], first: int = 1) -> Block:
    """Return a list that Slack numbers from `first` on."""
    listed: Block = {"type": "rich_text_list", "style": "ordered", "elements": list(sections)}
    return {**listed, "offset": first - 1} if first > 1 else listed


def quotation(*elements: Block) -> Block:
    """Return words of somebody else's, behind a bar."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def literal(words: str, limit: int, **style: bool) -> Block:
    """Return words that Slack shows as they are; a style is `bold=True` or `code=True`."""
    element: Block = {"type": "text", "text": shorten(words, limit)}
    return {**element, "style": style} if style else element


def plain(words: str, limit: int) -> Block:
    """Return words that Slack shows as they are, `:smile:` included."""
    return {"type": "plain_text", "text": shorten(words, limit), "emoji": False}


def context(*elements: Block) -> Block:
    """Return the small grey line, of at most 10 elements."""
    return {"type": "context", "elements": list(elements)}


def paragraph(*lines: str, beside: Block | None = None) -> Block:
    """Return lines of the bot's own in mrkdwn, with a button or the like beside them, if any."""
    text = {"type": "mrkdwn", "text": "\n".join(lines)}
    return {"type": "section", "text": text, **({"accessory": beside} if beside else {})}


def button(action: str, label: str, value: str | None, meaning: str) -> Block | None:
    """Return a button, with what a screen reader says of it; None if `value` is None.

    One whose value is empty has none: Slack takes no empty one.
    """
    if value is None:
        return None
    shown: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(label, BUTTON_LABEL),
        "accessibility_label": shorten(meaning, BUTTON_LABEL),
    }
    return {**shown, "value": value} if value else shown


def row(*buttons: Block | None) -> list[Block]:
    """Return a block with the buttons that are not None, or no block."""
    elements = [one for one in buttons if one]
    return [{"type": "actions", "elements": elements}] if elements else []


def link(url: str, label: str) -> str | None:
    """Return a link for mrkdwn; None for what is no address of the web, or too long a one."""
    address = escape(quote(url, safe=_IN_LINK, errors="replace"))
    if not _WEB.match(url) or len(address) > _ADDRESS:
        return None
    return f"<{address}|{escape(label)}>"


def escape(text: str) -> str:
    """Return text for mrkdwn: https://docs.slack.dev/messaging/formatting-message-text#escaping."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_within(text: str, limit: int) -> str:
    """Return escaped text of 1 to `limit` characters, cut between words, not inside an entity."""
    return _cut(escape(_presentable(text)), limit)


def shorten(text: str, limit: int) -> str:
    """Return text of 1 to `limit` characters, cut between words if it is longer."""
    return _cut(_presentable(text), limit)


def _presentable(text: str) -> str:
    """Return text that Slack takes: not empty, without what cannot be sent."""
    return _UNPRESENTABLE.sub("\N{REPLACEMENT CHARACTER}", text) if text.strip() else "…"


def _cut(text: str, limit: int) -> str:
    """Return the text, or as many of its words as fit before an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    words = head.rpartition(" ")[0].rstrip()
    return (words or _CUT_ENTITY.sub("", head)) + "…"
