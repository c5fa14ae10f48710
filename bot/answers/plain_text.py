"""An answer as plain text: what a person reads, a notification shows, a screen reader says."""

from collections.abc import Iterator

from bot.answers.model import Answer, NoAnswer, Quote


def as_text(answer: Answer | NoAnswer) -> str:
    """The full answer; paragraphs are parted by blank lines."""
    return "\n\n".join(_no_answer(answer) if isinstance(answer, NoAnswer) else _answer(answer))


def attribution(*quotes: Quote) -> str:
    """Where quotes stand, as far as they have it in common.

    Speaker and role, segment, episode, position.
    """
    facts = ((_speaker(quote), quote.segment, quote.title, quote.position) for quote in quotes)
    common = (values[0] for values in zip(*facts, strict=True) if len(set(values)) == 1)
    return " · ".join(filter(None, common))


def _speaker(quote: Quote) -> str:
    """Who speaks, and as what; nothing where nobody does."""
    return ", ".join(filter(None, (quote.speaker, quote.role)))


def _answer(answer: Answer) -> Iterator[str]:
    if answer.lead:
        yield answer.lead
    if answer.items:
        yield "\n".join(_item(quote) for quote in answer.items)
        yield f"— {attribution(*answer.items)}"
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
