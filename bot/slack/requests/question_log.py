"""What is kept of a question. A database that is away never hinders an answer."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.answers import READ, Answer, NoAnswer, Quote
from bot.slack.requests.observer import Observer
from bot.storage import Asker, Passage, Question, StoreError, new_id

Surface = Literal[
    "command",
    "mention",
    "direct",
    "thread",
    "button",
    "daily",
    "home",
    "shortcut",
    "workflow",
    "search",
]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question as it arrived: plain text, who asked, and where.

    `asker` is None where Slack names no workspace: the question is answered, and not kept.
    `episode` is the slug of the one episode that is asked about; None for all, of which those of
    `show` are looked in first, unless it is empty. `is_shared` is set where somebody of another
    workspace reads the answer.
    """

    text: str
    asker: Asker | None
    surface: Surface
    episode: str | None = None
    show: str = ""
    is_shared: bool = False
    id: str = field(default_factory=new_id)
    started: float = field(default_factory=time.monotonic)


class Questions(Protocol):
    """Where questions are kept: the store itself, or its writer."""

    def add(self, asker: Asker, question: Question) -> None:
        """Keep a question; raises StoreError where the database fails."""


class QuestionLog:
    """Keeps questions and how they ended, and has them counted."""

    def __init__(
        self, questions: Questions, observer: Observer, clock: Callable[[], datetime]
    ) -> None:
        self._questions, self._observer, self._clock = questions, observer, clock

    def record(self, request: AskRequest, answer: Answer | NoAnswer) -> None:
        """Keep a question once it is answered; small talk is counted alone."""
        elapsed = time.monotonic() - request.started
        self._observer.answered(request.surface, outcome(answer), elapsed)
        model = answer.consulted
        if model:
            self._observer.consulted(model)
        if request.asker is None or not answer.is_question:
            return
        question = Question(
            id=request.id,
            surface=request.surface,
            question=answer.question[:READ],
            kind=answer.kind,
            answered=isinstance(answer, Answer),
            confidence=answer.confidence,
            passages=passages(answer.shown if isinstance(answer, Answer) else ()),
            asked_at=self._clock(),
            reason=answer.reason if isinstance(answer, NoAnswer) else "",
            episode=request.episode or "",
            show=request.show,
            pointing=model.outcome if model else "",
            tokens=model.tokens if model else 0,
            pointing_seconds=model.seconds if model else 0.0,
        )
        try:
            self._questions.add(request.asker, question)
        except StoreError as error:
            log.warning(
                "Question %s of %s is not kept: %s", request.id, request.asker.team_id, error
            )


def outcome(answer: Answer | NoAnswer) -> str:
    """Say in a word how a question ended."""
    if isinstance(answer, Answer):
        return "answered"
    return "declined" if answer.is_question else "other"


def passages(quotes: Sequence[Quote]) -> tuple[Passage, ...]:
    """Say where quotes stand."""
    return tuple(Passage(one.episode, one.segment, one.start, one.end) for one in quotes)
