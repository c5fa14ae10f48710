"""The daily post as Block Kit. Pure."""

from bot.answers import Highlight
from bot.slack.answer.buttons import CONTEXT, InContext
from bot.slack.answer.thumbs import thumbs
from bot.slack.blocks.button_value import encode_value
from bot.slack.blocks.credits import short_credit
from bot.slack.blocks.elements import (
    Block,
    button,
    context,
    escape_within,
    literal,
    rich,
    row,
    section,
)
from bot.slack.blocks.fallback import fallback_text
from bot.slack.blocks.message import CREDIT, LABEL, MESSAGE_TEXT, QUOTE, Message
from bot.slack.blocks.quote_refs import to_refs
from bot.slack.blocks.ways import NO_WAY, Way, is_heard, signposts
from bot.slack.quiz.views import QUIZ

ASK_ABOUT = "ask_about"
_QUOTE = "From the episode"  # above what is no takeaway


def daily_message(
    highlight: Highlight,
    answer_id: str,
    made_by: str | None = None,
    *,
    quiz: bool = False,
    way: Way = NO_WAY,
) -> Message:
    """Return a takeaway, or another quote, with a line that says where it is from and why it comes.

    Args:
        highlight: what is posted.
        answer_id: what the thumbs bear.
        made_by: the id of the person who set it up; None if they had themselves forgotten.
        quiz: whether there is a quiz to take.
        way: what is shown of where the quote stands.
    """
    quote = highlight.quote
    heading = quote.caption or _QUOTE
    line = context(
        {"type": "mrkdwn", "text": _credit(highlight, made_by)}, *signposts([quote], way)
    )
    credit = fallback_text([line], MESSAGE_TEXT)
    words = escape_within(f"{heading}\n“{quote.shown}”\n", MESSAGE_TEXT - len(credit) - 3)
    said = {"type": "rich_text_quote", "elements": [literal(quote.shown, QUOTE)]}
    return Message(
        text=f"{words.rstrip()}\n— {credit}",
        blocks=[
            rich(section(literal(heading, LABEL, bold=True)), said),
            line,
            *_buttons(highlight, quiz=quiz),
            thumbs(answer_id, [quote]),
        ],
    )


def _credit(highlight: Highlight, made_by: str | None) -> str:
    """Return where the quote stands, and that no person posts it, as mrkdwn."""
    quote = highlight.quote
    place = short_credit(quote, timed=not is_heard([quote]))
    by = f", set up by <@{made_by}>" if made_by else ""
    return (
        f"{escape_within(place, CREDIT)} · posted automatically{by}"
        if place
        else f"Posted automatically{by}"
    )


def _buttons(highlight: Highlight, *, quiz: bool) -> list[Block]:
    """Return ways on: what was said around it and what explains it, a question, a quiz."""
    quotes = [one for one in (highlight.quote, highlight.explained) if one]
    around = encode_value(InContext(to_refs(quotes)))
    about = encode_value(to_refs([highlight.quote]))
    return row(
        button(CONTEXT, "In context", around, "In context: the turns around it"),
        button(ASK_ABOUT, "Ask about it", about, "Ask about it: a question about this quote"),
        button(QUIZ, "Quiz me", QUIZ if quiz else None, "Quiz me: questions about the terms"),
    )
