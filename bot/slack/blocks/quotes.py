"""Quotes and lists of quotes as blocks. Pure."""

from collections.abc import Sequence

from bot.answers import Quote, attribution
from bot.slack.blocks.elements import Block, bullets, context, literal, plain, rich, section
from bot.slack.blocks.message import CONTEXT, CREDIT, LABEL, LIST, QUOTE, QUOTES, text_line


def quoted(quotes: Sequence[Quote]) -> list[Block]:
    """Each quote in a block of its own, with the text_line that says where it is from."""
    return [block for quote in quotes[:QUOTES] for block in (_quote(quote), *_credit([quote]))]


def _quote(quote: Quote) -> Block:
    """A quote under its term and under the question that it answers, where it has them."""
    above = []
    if quote.label:
        above.append(section(literal(quote.label, LABEL, bold=True)))
    if quote.context:
        asked = f"{quote.context.speaker or 'Someone'} asked: {quote.context.text}"
        above.append(section(literal(asked, CONTEXT, italic=True)))
    return rich(*above, {"type": "rich_text_quote", "elements": [literal(quote.text, QUOTE)]})


def listed(quotes: Sequence[Quote]) -> list[Block]:
    """A list as long as there is room, with what its items have in common below it."""
    shown: list[Block] = []
    room = LIST
    for quote in quotes:
        label = [literal(f"{quote.label}: ", LABEL, bold=True)] if quote.label else []
        item = [*label, literal(quote.text, QUOTE)]
        room -= sum(len(element["text"]) for element in item)
        if room < 0:
            break
        shown.append(section(*item))
    left = len(quotes) - len(shown)
    rest = [text_line(f"… and {left} more")] if left else []
    return [rich(bullets(shown), *rest), *_credit(quotes)]


def _credit(quotes: Sequence[Quote]) -> list[Block]:
    """Where the quotes stand, as far as they have it in common."""
    credit = attribution(*quotes)
    return [context(plain(credit, CREDIT))] if credit else []
