"""An answer as plain text: what a person reads, a notification shows, a screen reader says."""

from collections.abc import Iterator

from bot.answers.model import MOST_QUOTES, Answer, NoAnswer, Quote

_MODEL = 100  # characters of a language model's name; chosen by hand, longer than those in use


def as_text(answer: Answer | NoAnswer, most: int = MOST_QUOTES, *, files: bool = False) -> str:
    """Return the answer with at most `most` quotes; blank lines part the paragraphs.

    A list stands whole, whatever `most` is. With `files` each credit ends with file and line.
    """
    if isinstance(answer, NoAnswer):
        return "\n\n".join(_no_answer(answer))
    return "\n\n".join(_answer(answer, most, files=files))


def chosen_line(answer: Answer) -> str:
    """Return the line that names the language model that chose the quotes; empty if none did."""
    model = answer.chosen_by
    name = model if len(model) <= _MODEL else f"{model[: _MODEL - 1]}…"
    return f"Chosen by {name}, quoted word for word." if model else ""


def attribution(*quotes: Quote) -> str:
    """Return the credit of quotes, as far as they have it in common; perhaps empty.

    Speaker and segment, the show and episode as well if several are loaded, and the time.
    """
    facts = (
        (quote.speaker, quote.heading, quote.one_of_several and quote.where, quote.time)
        for quote in quotes
    )
    common = (values[0] for values in zip(*facts, strict=True) if len(set(values)) == 1)
    return " · ".join(fact for fact in common if fact)


def place_in_file(quote: Quote) -> str:
    """Return the file below the knowledge folder and the line that a quote begins on.

    In JSON it is the number of its segment; where that is not known, the file stands alone.
    """
    return quote.source if quote.line is None else f"{quote.source}:{quote.line}"


def _answer(answer: Answer, most: int, *, files: bool) -> Iterator[str]:
    if answer.lead:
        yield answer.lead
    if answer.items:
        yield "\n".join(map(_item, answer.items))
        yield from _credit(*answer.items, files=files)
    else:
        yield from (_quote(quote, files=files) for quote in answer.quotes[:most])
    if chosen := chosen_line(answer):
        yield chosen


def _item(quote: Quote) -> str:
    if quote.item and quote.item.number is not None:
        return f"{quote.item.number}. {quote.shown}"
    return f"• {quote.label}: {quote.shown}" if quote.label else f"• {quote.shown}"


def _quote(quote: Quote, *, files: bool) -> str:
    asked = quote.context and f"{quote.context.name} asked: “{quote.context.text}”"
    # A heading in another case than the transcript's is no quotation.
    said = f"“{quote.shown}”" if quote.shown in quote.text else quote.shown
    parts = (asked, quote.caption, said, *_credit(quote, files=files))
    return "\n".join(part for part in parts if part)


def _credit(*quotes: Quote, files: bool) -> Iterator[str]:
    """Yield the line below quotes; the file and the line are where those of one file begin."""
    one_file = len({quote.source for quote in quotes}) == 1
    place = place_in_file(quotes[0]) if files and one_file else ""
    if credit := " · ".join(filter(None, (attribution(*quotes), place))):
        yield f"— {credit}"


def _no_answer(answer: NoAnswer) -> Iterator[str]:
    yield answer.reply
    if answer.suggestions:
        yield "You could ask: " + " · ".join(answer.suggestions)
    elif answer.near:
        places = dict.fromkeys(attribution(quote) for quote in answer.near)
        yield "Closest: " + "; ".join(filter(None, places))
