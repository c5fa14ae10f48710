"""The body of a message and the bot's own words in it. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import TypedDict

from bot.slack.blocks.elements import Block, literal, rich, section
from bot.slack.blocks.fallback import fallback_text

# https://docs.slack.dev/reference/methods/chat.postMessage: 4,000 is advised, 40,000 is the end.
# chat.update takes no more: https://docs.slack.dev/reference/methods/chat.update#errors.
MESSAGE_TEXT = 4_000
# Slack refuses blocks of some 13,200 characters in all (`msg_blocks_too_long`); the parts below and
# the links to each quote stay under 12,700 together. Quotes of at most 90 words never come near
# theirs.
LEAD, LABEL, CONTEXT, QUOTE, CREDIT = 800, 150, 600, 2_000, 300
LIST = 9_000
QUOTES, SUGGESTIONS = 3, 5

# What people read when what they point at was cut from another version of the transcript.
TRANSCRIPT_CHANGED = "The transcript has changed since, so this can't be shown again. Ask me anew."

# Stands for a channel's name in `paragraphs`, and what a direct message is called.
PLACE, _DIRECT = "{}", "this conversation"
_PARTS = re.compile(r"(`[^`]+`|\{\})")


class Message(TypedDict):
    """The body of a message: `text` for notifications and screen readers, `blocks` for the rest."""

    text: str
    blocks: list[Block]


def to_message(blocks: Sequence[Block]) -> Message:
    """Return blocks as a message whose text says the same."""
    return Message(text=fallback_text(blocks, MESSAGE_TEXT), blocks=list(blocks))


def notice(words: str) -> Message:
    """Return a line of the bot's own."""
    return to_message([rich(text_line(words))])


def text_line(words: str) -> Block:
    """Return a paragraph of the bot's own words."""
    return section(literal(words, LEAD))


def with_note(message: Message, words: str) -> Message:
    """Return a message below a line of the bot's own about it."""
    return to_message([rich(text_line(words)), *message["blocks"]])


def paragraphs(*words: str, channel_id: str = "") -> Message:
    """Return the bot's own words; between backticks they are code, and `{}` is the channel."""
    return to_message([rich(section(*_parts(one, channel_id))) for one in words])


def _parts(words: str, channel_id: str) -> Iterator[Block]:
    """Yield the elements of a paragraph."""
    for part in filter(None, _PARTS.split(words)):
        if part == PLACE and not channel_id.startswith("D"):
            yield {"type": "channel", "channel_id": channel_id}
        elif part == PLACE:
            yield literal(_DIRECT, LEAD)
        else:
            yield literal(part.strip("`"), LEAD, **_style(part))


def _style(part: str) -> dict[str, bool]:
    return {"code": True} if part.startswith("`") else {}
