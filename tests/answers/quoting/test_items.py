"""Takeaways and segments as items of a list."""

from collections.abc import Callable, Sequence

from bot.answers import Answer, Answerer, Highlight


def test_a_takeaway_is_its_words_without_the_number_and_its_emphasised_lead(
    answered: Callable[..., Answer],
) -> None:
    [quote] = answered("takeaway 4").quotes
    assert quote.item
    assert (quote.item.number, quote.item.label) == (4, "Takeaway 4 of 8")
    assert quote.text == f"4. {quote.item.text}"
    assert quote.item.lead == "RAG is your friend for knowledge-grounded applications."
    assert quote.item.text.startswith(quote.item.lead)


def test_every_takeaway_is_numbered_once_and_in_order(answered: Callable[..., Answer]) -> None:
    items = [quote.item for quote in answered("takeaways").items]
    assert [item.number for item in items if item] == list(range(1, 9))
    assert not [item for item in items if item and item.text[0].isdigit()]


def test_a_takeaway_found_by_a_search_and_one_of_the_day_are_the_same_item(
    answerer: Answerer, answered: Callable[..., Answer]
) -> None:
    [quote] = answered("takeaway 4").quotes
    highlights: Sequence[Highlight] = answerer.highlights
    assert quote in [one.quote for one in highlights]
    assert answerer.quote(quote.episode, quote.digest, quote.start, quote.end) == quote


def test_a_segment_is_its_title_in_sentence_case_with_its_minutes(
    answered: Callable[..., Answer],
) -> None:
    intro, first, *_ = answered("segments").items
    assert intro.item
    assert first.item
    assert (intro.item.number, intro.item.label, intro.item.text) == (None, None, "Intro")
    assert (first.item.number, first.item.label) == (1, "Segment 1 of 7")
    assert first.item.text == "How LLMs actually work (15 min)"
    assert (first.segment, first.heading) == ("SEGMENT 1: HOW LLMs ACTUALLY WORK", "")
