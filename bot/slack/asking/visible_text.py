"""The words of a message as a person sees them: its text, its blocks, what is shared in it. Pure.

Everything here is in Slack's markup, as `text` is. Payloads are other people's: nothing is taken
for granted of their shape.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

# What Slack puts in the place of blocks that a client cannot show.
_PLACEHOLDERS = frozenset({"This content can't be displayed.", "This message can't be displayed."})
# How far blocks are followed into each other. Chosen by hand: Slack nests lists and tables by four.
_DEEPEST = 8


def own_text(message: Mapping[str, Any]) -> str:
    """Return what a message itself says, without what it shares."""
    return _text(message.get("text")) or _lines(_in_blocks(message.get("blocks")))


def shared_text(message: Mapping[str, Any], *, links: bool) -> str:
    """Return what other messages say that are forwarded or shown in a message.

    With `links`, what Slack or an app shows of a link or beside the text is told, too.
    """
    return _lines(
        _in_attachment(one)
        for one in _mappings(message.get("attachments"))
        if links or one.get("is_share") or one.get("is_msg_unfurl")
    )


def _in_attachment(attachment: Mapping[str, Any], depth: int = 0) -> str:
    """Return what an attachment says; its `fallback` is for clients that show nothing else."""
    if depth > _DEEPEST:
        return ""
    blocks = _lines(_in_blocks(attachment.get("blocks")))
    shared = _lines(
        _lines(_in_blocks(held.get("blocks")))
        for one in _mappings(attachment.get("message_blocks"))
        if isinstance(held := one.get("message"), Mapping)
    )
    body = _text(attachment.get("text")) or blocks or shared
    fields = _lines(
        _lines(map(_text, (one.get("title"), one.get("value"))))
        for one in _mappings(attachment.get("fields"))
    )
    nested = _lines(
        _in_attachment(one, depth + 1) for one in _mappings(attachment.get("attachments"))
    )
    around = map(_text, (attachment.get("pretext"), attachment.get("title")))
    return _lines([*around, body, fields, nested]) or _text(attachment.get("fallback"))


def _in_blocks(blocks: Any, depth: int = 0) -> Iterator[str]:
    """Yield what blocks say, a line or a paragraph at a time."""
    if depth > _DEEPEST:
        return
    for block in _mappings(blocks):
        kind = block.get("type")
        if kind in _NESTING:
            yield from _in_blocks(block.get("elements"), depth + 1)
        elif kind == "table":
            for row in _lists(block.get("rows")):
                yield " ".join(_lines(_in_blocks([cell], depth + 1)) for cell in row)
        elif isinstance(kind, str) and (says := _BLOCKS.get(kind)):
            yield says(block)


def _line(block: Mapping[str, Any]) -> str:
    return "".join(map(_inline, _mappings(block.get("elements"))))


def _section(block: Mapping[str, Any]) -> str:
    return _lines(map(_text_object, [block.get("text"), *_mappings(block.get("fields"))]))


def _context(block: Mapping[str, Any]) -> str:
    return " ".join(map(_text_object, _mappings(block.get("elements"))))


_NESTING = ("rich_text", "rich_text_list")
# https://docs.slack.dev/reference/block-kit/blocks
_BLOCKS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "context": _context,
    "header": _section,
    "markdown": lambda block: _text(block.get("text")),
    "raw_text": lambda cell: escaped(_text(cell.get("text"))),
    "rich_text_preformatted": _line,
    "rich_text_quote": _line,
    "rich_text_section": _line,
    "section": _section,
}


def _inline(element: Mapping[str, Any]) -> str:
    """Return an element of a line of rich text."""
    kind = element.get("type")
    if kind == "text":  # with its spaces
        text = element.get("text")
        return escaped(text) if isinstance(text, str) else ""
    if kind == "link":
        return escaped(_text(element.get("text")) or _text(element.get("url")))
    name, form = _MARKUP.get(kind, ("", "")) if isinstance(kind, str) else ("", "")
    value = element.get(name)
    return form.format(value) if isinstance(value, str) and not set(value) & set("<>|&") else ""


# https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#element-types
_MARKUP = {
    "broadcast": ("range", "<!{}>"),
    "channel": ("channel_id", "<#{}>"),
    "emoji": ("name", ":{}:"),
    "user": ("user_id", "<@{}>"),
    "usergroup": ("usergroup_id", "<!subteam^{}>"),
}


def _text_object(text: Any) -> str:
    """Return a text object's words; `plain_text` holds no markup."""
    if not isinstance(text, Mapping):
        return ""
    words = _text(text.get("text"))
    return escaped(words) if text.get("type") == "plain_text" else words


def escaped(words: str) -> str:
    """Return words in which nothing is markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(value: Any) -> str:
    """Return a string that says something, else an empty one."""
    words = value.strip() if isinstance(value, str) else ""
    return "" if words.replace("’", "'") in _PLACEHOLDERS else words


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(filter(None, parts))


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    return (
        (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())
    )


def _lists(value: Any) -> Iterator[list[Any]]:
    return (one for one in value if isinstance(one, list)) if isinstance(value, list) else iter(())
