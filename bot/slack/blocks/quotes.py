"""Quotes and lists of quotes as blocks. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby, repeat

from bot.answers import Quote
from bot.slack.blocks.credits import short_credit
from bot.slack.blocks.elements import (
    Block,
    bullets,
    context,
    literal,
    numbered,
    plain,
    quotation,
    rich,
    section,
)
from bot.slack.blocks.message import CONTEXT, CREDIT, LABEL, LIST, QUOTE, QUOTES, text_line
from bot.slack.blocks.ways import NO_WAY, Way, is_heard, signposts


def quoted(quotes: Sequence[Quote], ways: Sequence[Way] = ()) -> list[Block]:
    """Return each quote in a block of its own, with a line that says where it is from.

    `ways` are those to each of the quotes, in the same order; without them none are shown.
    """
    led = zip(quotes[:QUOTES], ways or repeat(NO_WAY), strict=False)
    return [block for quote, way in led for block in (_quote(quote), *credit(quote, way=way))]


def listed(quotes: Sequence[Quote], way: Way = NO_WAY) -> list[Block]:
    """Return a list as long as there is room, with what its items have in common below it.

    `way` leads to its beginning.
    """
    shown: list[tuple[Quote, Block]] = []
    room = LIST
    for quote in quotes:
        item = list(_item(quote))
        room -= sum(len(element["text"]) for element in item)
        if room < 0:
            break
        shown.append((quote, section(*item)))
    left = len(quotes) - len(shown)
    rest = [rich(text_line(f"… and {left} more"))] if left else []
    # A block each: in one block, what draws it may go on counting from the list above.
    return [*map(rich, _runs(shown)), *rest, *credit(*quotes, way=way)]


def credit(*quotes: Quote, way: Way = NO_WAY) -> list[Block]:
    """Return the line that says where quotes stand, as far as they have it in common.

    Behind it stand the ways there.
    """
    words = short_credit(*quotes, timed=not is_heard(quotes))
    line = [*([plain(words, CREDIT)] if words else []), *signposts(quotes, way)]
    return [context(*line)] if line else []


def _quote(quote: Quote) -> Block:
    """Return a quote under its label and under the question that it answers, if it has them.

    A heading in another case than the transcript's is no quotation.
    """
    above = []
    if quote.caption:
        above.append(section(literal(quote.caption, LABEL, bold=True)))
    if quote.context:
        asked = f"{quote.context.name} asked: {quote.context.text}"
        above.append(section(literal(asked, CONTEXT, italic=True)))
    words = literal(quote.shown, QUOTE)
    return rich(*above, quotation(words) if quote.shown in quote.text else section(words))


def _item(quote: Quote) -> Iterator[Block]:
    """Yield the words of a list's item: its term or its emphasised opening in bold, then the rest.

    Slack writes the number of a numbered one.
    """
    lead = quote.item.lead if quote.item else ""
    bold = lead if quote.shown.startswith(lead) else ""
    rest = quote.shown.removeprefix(bold)
    if quote.label:
        yield literal(f"{quote.label}: ", LABEL, bold=True)
    if bold:
        yield literal(bold, QUOTE, bold=True)
    if rest or not bold:
        yield literal(rest, QUOTE)


def _runs(items: Sequence[tuple[Quote, Block]]) -> Iterator[Block]:
    """Yield lists: items whose numbers follow each other are counted, others have a point."""

    def first_number(place: int) -> int | None:
        """Return what the list that an item stands in counts from; None for a point."""
        item = items[place][0].item
        return None if item is None or item.number is None else item.number - place

    for begins, run in groupby(range(len(items)), key=first_number):
        places = list(run)
        sections = [items[place][1] for place in places]
        first = None if begins is None else begins + places[0]
        yield bullets(sections) if first is None or first < 1 else numbered(sections, first)
