"""An answer as plain text: what a person reads, a notification shows, a screen reader says."""

from collections.abc import Iterator

from bot.answers.model import Answer, NoAnswer, Quote


def as_text(answer: Answer | NoAnswer) -> str:
    """The full answer; paragraphs are parted by blank lines."""
    return "\n\n".join(_no_answer(answer) if isinstance(answer, NoAnswer) else _answer(answer))


def attribution(quote: Quote) -> str:
    """Where a quote stands: speaker and role (if anybody speaks), segment, episode."""
    speaker = f"{quote.speaker}, {quote.role}" if quote.role else quote.speaker
    return " · ".join(filter(None, (speaker, quote.segment, quote.title)))


def _answer(answer: Answer) -> Iterator[str]:
    if answer.lead:
        yield answer.lead
    if answer.items:
        yield "\n".join(_item(quote) for quote in answer.items)
        yield f"— {attribution(answer.items[0])}"
        return
    for quote in answer.quotes:
        yield _quote(quote)


def _item(quote: Quote) -> str:
    return f"• {quote.label}: {quote.text}" if quote.label else f"• {quote.text}"


def _quote(quote: Quote) -> str:
    parts = [f"“{quote.text}”", f"— {attribution(quote)}"]
    if quote.label:
        parts.insert(0, quote.label)
    if quote.context:
        parts.insert(0, f"{quote.context.speaker} asked: “{quote.context.text}”")
    return "\n".join(parts)


def _no_answer(answer: NoAnswer) -> Iterator[str]:
    yield answer.reply
    if answer.near:
        yield "Near, but not an answer:"
        yield from map(_quote, answer.near)
    if answer.suggestions:
        yield "You could ask: " + " · ".join(answer.suggestions)
