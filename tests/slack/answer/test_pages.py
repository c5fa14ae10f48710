"""Which quotes of an answer are shown at a time."""

from collections.abc import Callable

import pytest

from bot.answers import Answer, Quote
from bot.slack.answer.pages import Page, first_page, page_of

Make = Callable[..., Quote]
SURE, UNSURE = 0.99, 0.5


def answer(make_quote: Make, count: int, confidence: float, kind: str = "quote") -> Answer:
    found = tuple(make_quote(str(n), start=n, end=n + 1) for n in range(count))
    return Answer("?", kind, "Here:", found[:3], confidence=confidence, further=found[3:])


def pages(asked: Answer, *, below: bool = False) -> list[tuple[str, int]]:
    """Every page: the quotes on it, and how many are left for the next."""
    found: list[Page] = []
    while page := page_of(asked, len(found), below=below):
        found.append(page)
    return [("".join(quote.text for quote in page.quotes), page.left) for page in found]


@pytest.mark.parametrize(
    ("count", "confidence", "kind", "shown"),
    [
        (1, SURE, "quote", [("0", 0)]),
        (3, SURE, "quote", [("0", 2), ("012", 0)]),
        (2, SURE, "quote", [("0", 1), ("01", 0)]),
        (9, SURE, "quote", [("0", 2), ("012", 3), ("345", 3), ("678", 0)]),
        (3, UNSURE, "quote", [("012", 0)]),
        (7, UNSURE, "quote", [("012", 3), ("345", 1), ("6", 0)]),
        (5, SURE, "definition", [("01", 1), ("012", 2), ("34", 0)]),
        (1, SURE, "takeaway", [("0", 0)]),
    ],
)
def test_the_rest_of_three_stands_below_the_first_then_three_at_a_time(
    make_quote: Make, count: int, confidence: float, kind: str, shown: list[tuple[str, int]]
) -> None:
    assert pages(answer(make_quote, count, confidence, kind)) == shown


def test_below_the_answer_no_quote_of_it_comes_again(make_quote: Make) -> None:
    asked = answer(make_quote, 7, SURE)
    assert pages(asked, below=True) == [("0", 2), ("12", 3), ("345", 1), ("6", 0)]


def test_only_what_goes_on_from_the_answer_keeps_its_line(make_quote: Make) -> None:
    asked = answer(make_quote, 7, SURE)
    leads = [page.lead for number in range(4) if (page := page_of(asked, number))]
    assert leads == ["Here:", "Here:", "The next best quotes:", "The next best quotes:"]


def test_a_list_has_one_page(make_quote: Make) -> None:
    items = tuple(make_quote(start=n, end=n + 1) for n in range(8))
    listed = Answer("?", "takeaways", "", items[:3], items)
    assert first_page(listed).left == 0
    assert page_of(listed, 1) is None
