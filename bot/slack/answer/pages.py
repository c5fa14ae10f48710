"""Which quotes of an answer are shown at a time. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from bot.answers import Answer, Quote
from bot.answers.model import MOST_QUOTES

NEXT_BEST = "The next best quotes:"


@dataclass(frozen=True, slots=True)
class Page:
    """Some quotes of an answer: page 0 is the answer itself. `left` are on the next page."""

    number: int
    lead: str
    quotes: tuple[Quote, ...]
    left: int = 0


def first_page(answer: Answer) -> Page:
    """Return what is shown of an answer at first."""
    return Page(0, answer.lead, answer.shown, _next(answer, 0))


def page_of(answer: Answer, number: int, *, below: bool = False) -> Page | None:
    """Return a page of an answer's quotes; None if there is none of that number.

    The first pages are together no longer than a message: if an answer shows fewer quotes, page 1
    has them again and the rest below them. With `below` it has the rest alone, for it is shown
    below the answer.
    """
    if number == 0:
        return first_page(answer)
    cuts = _cuts(answer)
    if number >= len(cuts):
        return None
    start, end = cuts[number - 1], cuts[number]
    continues = number == 1 and end <= MOST_QUOTES and not below
    quotes = _all(answer)[0 if continues else start : end]
    lead = answer.lead if continues else NEXT_BEST
    return Page(number, lead, quotes, _next(answer, number))


def _all(answer: Answer) -> tuple[Quote, ...]:
    """Return every quote, best first; none of a list, which is shown whole."""
    return () if answer.items else (*answer.quotes, *answer.further)


def _cuts(answer: Answer) -> list[int]:
    """Return where each page ends: after what is shown at first, then after every third quote."""
    count, first = len(_all(answer)), len(answer.shown)
    ends = range(MOST_QUOTES, count + MOST_QUOTES, MOST_QUOTES)
    return [first, *(min(end, count) for end in ends if first < min(end, count))]


def _next(answer: Answer, number: int) -> int:
    """Return how many quotes the page after this one adds."""
    added = [end - start for start, end in pairwise(_cuts(answer))]
    return added[number] if number < len(added) else 0
