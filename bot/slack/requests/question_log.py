"""What is kept of an exchange. A database that is away never hinders an answer."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from slack_bolt import BoltContext

from bot.answers import READ, Answer, NoAnswer, Quote
from bot.slack.answer.message import is_answer
from bot.slack.requests.dedup import Deliveries
from bot.storage import (
    WRITTEN_EVERY,
    Asker,
    Passage,
    Question,
    QuestionWriter,
    Store,
    StoreError,
    new_id,
)

_PAUSE = 1.0  # seconds for which a database that failed is not asked about events again

log = logging.getLogger(__name__)


class Observer(Protocol):
    """Told of what happens, to count it."""

    def answered(self, surface: str, outcome: str, seconds: float) -> None:
        """A question on a surface was answered, declined or met with small talk (other)."""

    def failed(self, error: str) -> None:
        """A request failed; `error` is Slack's word for it, or `internal`."""


class Unobserved:
    """Counts nothing."""

    def answered(self, surface: str, outcome: str, seconds: float) -> None:
        """Nothing."""

    def failed(self, error: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question that is being answered: its id, who asked, on what surface, since when."""

    id: str
    asker: Asker
    surface: str
    started: float = field(default_factory=time.monotonic)


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Records:
    """Remembers events and questions in a store, and tells an observer."""

    def __init__(
        self,
        store: Store,
        observer: Observer | None = None,
        clock: Callable[[], datetime] = now,
        writer: QuestionWriter | None = None,
    ) -> None:
        """`writer` keeps questions; without it the store does so at once."""
        self.store, self.clock = store, clock
        self._writer = writer
        self.observer = observer or Unobserved()
        self._deliveries = Deliveries(time.monotonic)
        self._asked_again_at = 0.0

    def first_time(self, event_id: str) -> bool:
        """Whether no process has seen this id; without the database, whether this one has not.

        It is an event's, or names a button or a form of which one press counts.
        """
        if not self._deliveries.first_time(event_id):
            return False
        if time.monotonic() < self._asked_again_at:
            return True
        try:
            return self.store.events.first_time(event_id, self.clock())
        except StoreError as error:
            self._asked_again_at = time.monotonic() + _PAUSE
            log.warning("An event is handled without a look at the database: %s", error)
            return True

    def flush(self) -> None:
        """Have every question that any process was to keep in the store: wait for their writers."""
        if self._writer:
            time.sleep(2 * WRITTEN_EVERY)

    def keep(self, exchange: Exchange, answer: Answer | NoAnswer) -> None:
        """Keep a question and how it ended, once it is answered; small talk is not kept."""
        elapsed = time.monotonic() - exchange.started
        self.observer.answered(exchange.surface, outcome(answer), elapsed)
        if not is_answer(answer):
            return
        question = Question(
            id=exchange.id,
            surface=exchange.surface,
            question=answer.question[:READ],
            kind=answer.kind,
            answered=isinstance(answer, Answer),
            confidence=answer.confidence,
            passages=passages(answer.quotes if isinstance(answer, Answer) else ()),
            asked_at=self.clock(),
        )
        try:
            (self._writer or self.store.questions).add(exchange.asker, question)
        except StoreError as error:
            log.warning("A question is not kept: %s", error)


def exchange(context: BoltContext, surface: str) -> Exchange:
    """A question that begins with a request."""
    return Exchange(new_id(), asker(context), surface)


def asker(context: BoltContext) -> Asker:
    """Who made a request."""
    return Asker(context.team_id or "", context.user_id or "", context.enterprise_id)


def outcome(answer: Answer | NoAnswer) -> str:
    """How a question ended, in a word."""
    if isinstance(answer, Answer):
        return "answered"
    return "declined" if is_answer(answer) else "other"


def passages(quotes: Sequence[Quote]) -> tuple[Passage, ...]:
    """Where quotes stand."""
    return tuple(Passage(one.episode, one.segment, one.start, one.end) for one in quotes)


def provide(**given: Any) -> Callable[..., Any]:
    """Hand what listeners take by name to every one of them."""

    def middleware(context: BoltContext, next_: Callable[[], Any]) -> Any:
        context.update(given)
        return next_()

    return middleware
