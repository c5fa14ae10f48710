"""What is shown below a pasted link: the quote that it leads to. Pure."""

from bot.answers import Quote
from bot.slack.answer.buttons import CONTEXT, InContext
from bot.slack.blocks.button_value import encode_value
from bot.slack.blocks.credits import short_credit
from bot.slack.blocks.elements import Block, button, plain, row
from bot.slack.blocks.message import LABEL
from bot.slack.blocks.quote_refs import to_refs
from bot.slack.blocks.quotes import quoted


def quote_card(quote: Quote) -> Block:
    """Return the card of a quote; its page is not linked again, for the link stands above it.

    Where a link is typed and not sent yet, Slack may show the title of the `preview` alone.
    https://docs.slack.dev/reference/methods/chat.unfurl
    """
    around = encode_value(InContext(to_refs([quote]))) if quote.position else None
    buttons = row(button(CONTEXT, "In context", around, "In context: the turns around it"))
    title = short_credit(quote) or quote.title
    return {
        "blocks": [*quoted([quote]), *buttons],
        "preview": {"title": plain(title, LABEL)},
    }
