"""What `ask` shows of a question, for the search page; so many questions at one time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import NamedTuple

from bot.answers import Answer, Answerer, NoAnswer, Quote, attribution
from bot.links import Links
from bot.web.pages import refusal
from bot.web.pages.model import Heard
from bot.web.pages.refusal import RefusedError

# Searches at one time in a process. Chosen by hand: the other threads are left to Slack, which
# waits three seconds for an answer.
AT_ONCE = 4
_SOON = 5  # seconds, after which one of them has ended


class Hit(NamedTuple):
    """A quote that a search found, where it stands, who says it, and when."""

    quote: Quote
    address: str | None
    credit: str
    heard: Heard | None


class Searched(NamedTuple):
    """What came of a question: `hits` are the quotes of an answer, in a list if it is `listed`.

    `near` are the closest passages of a declined one. `answer` is None where nothing was asked.
    """

    answer: Answer | NoAnswer | None = None
    listed: bool = False
    hits: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()


class Searching:
    """Asks `answerer`; `links` lead to what it finds."""

    def __init__(self, answerer: Answerer, links: Links) -> None:
        self._answerer, self._links = answerer, links
        self._turns = BoundedSemaphore(AT_ONCE)

    def search(self, asked: str) -> Searched:
        """Return what is found; nothing for an empty question.

        Raises:
            RefusedError: so many search already.
        """
        if not asked:
            return Searched()
        with self._turn():
            answer = self._answerer.ask(asked)
        if isinstance(answer, NoAnswer):
            return Searched(answer, near=self._hits(answer.near))
        return Searched(answer, bool(answer.items), self._hits(answer.items or answer.quotes))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Search now, or be told to come back: whoever waited would hold a thread."""
        if not self._turns.acquire(blocking=False):
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, refusal.SEARCHED, _SOON)
        try:
            yield
        finally:
            self._turns.release()

    def _hits(self, quotes: tuple[Quote, ...]) -> tuple[Hit, ...]:
        return tuple(map(self._hit, quotes))

    def _hit(self, quote: Quote) -> Hit:
        heard = None if quote.since is None else Heard(quote.since, quote.listen)
        return Hit(quote, self._links.to(quote), attribution(replace(quote, since=None)), heard)
