"""The body of a message and the bot's own words in it. Pure."""

import re
from collections.abc import Iterator
from typing import TypedDict

from bot.slack.blocks.elements import Block, escape_within, literal, rich, section

# https://docs.slack.dev/reference/methods/chat.postMessage: 4,000 is advised, 40,000 is the end.
MESSAGE_TEXT = 4_000
# Slack refuses blocks of some 13,000 characters in all (`msg_blocks_too_long`); the parts below
# stay under 12,000 together. Quotes of at most 90 words never come near theirs.
LEAD, LABEL, CONTEXT, QUOTE, CREDIT = 800, 150, 600, 2_000, 300
LIST = 9_000
QUOTES, SUGGESTIONS = 3, 5


# Stands for a channel's name in `paragraphs`, and what a direct message is called.
PLACE, _DIRECT = "{}", "this conversation"
_PARTS = re.compile(r"(`[^`]+`|\{\})")


class Message(TypedDict):
    """The body of a message: `text` for notifications and screen readers, `blocks` for the rest."""

    text: str
    blocks: list[Block]


def notice(words: str) -> Message:
    """A line of the bot's own."""
    return Message(text=escape_within(words, MESSAGE_TEXT), blocks=[rich(text_line(words))])


def text_line(words: str) -> Block:
    """The bot's own words."""
    return section(literal(words, LEAD))


def with_note(message: Message, words: str) -> Message:
    """A message below a line of the bot's own about it. Pure."""
    return Message(
        text=f"{words}\n{message['text']}", blocks=[rich(text_line(words)), *message["blocks"]]
    )


def paragraphs(*words: str, channel_id: str = "") -> Message:
    """The bot's own words; between backticks they are code, and `{}` is the channel's name."""
    mention = _DIRECT if channel_id.startswith("D") else f"<#{channel_id}>"
    text = escape_within("\n".join(words), MESSAGE_TEXT - len(mention))
    blocks = [rich(section(*_parts(one, channel_id))) for one in words]
    return Message(text=text.replace(PLACE, mention), blocks=blocks)


def _parts(words: str, channel_id: str) -> Iterator[Block]:
    """The elements of a paragraph."""
    for part in filter(None, _PARTS.split(words)):
        if part == PLACE and not channel_id.startswith("D"):
            yield {"type": "channel", "channel_id": channel_id}
        elif part == PLACE:
            yield literal(_DIRECT, LEAD)
        else:
            yield literal(part.strip("`"), LEAD, **_style(part))


def _style(part: str) -> dict[str, bool]:
    return {"code": True} if part.startswith("`") else {}
