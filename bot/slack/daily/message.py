"""The daily post as Block Kit. Pure."""

import msgspec

from bot.answers import Answer, Highlight, as_text
from bot.slack.answer.thumbs import thumbs
from bot.slack.blocks.elements import Block, escape_within, literal, plain, rich, section
from bot.slack.blocks.message import LABEL, MESSAGE_TEXT, Message, text_line
from bot.slack.blocks.quote_refs import to_refs
from bot.slack.blocks.quotes import quoted

ASK_ABOUT = "ask_about"
_EXPLAINED = "What the episode says about it:"


def daily_message(highlight: Highlight, answer_id: str) -> Message:
    """A takeaway, or another quote, with what explains it, thumbs and a button to ask more.

    `answer_id` is what the thumbs bear. The button carries the coordinates of the quote.
    """
    heading = f"The daily takeaway of {highlight.quote.title}, posted automatically:"
    quotes = tuple(filter(None, (highlight.quote, highlight.explained)))
    explained = [
        block for quote in quotes[1:] for block in (rich(text_line(_EXPLAINED)), *quoted([quote]))
    ]
    return Message(
        text=escape_within(as_text(Answer("", "daily", heading, quotes)), MESSAGE_TEXT),
        blocks=[
            rich(section(literal(heading, LABEL, bold=True))),
            *quoted(quotes[:1]),
            *explained,
            _ask_button(highlight),
            thumbs(answer_id, quotes),
        ],
    )


def _ask_button(highlight: Highlight) -> Block:
    button = {
        "type": "button",
        "action_id": ASK_ABOUT,
        "text": plain("Ask about this", LABEL),
        "value": msgspec.json.encode(to_refs([highlight.quote])).decode(),
    }
    return {"type": "actions", "elements": [button]}
