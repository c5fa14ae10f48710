"""The thread above a question: what was asked, what answered, and what was shown. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.question.parse import ParsedQuestion, parse


@dataclass(frozen=True, slots=True)
class Thread:
    """Earlier questions, oldest first, each with what came back."""

    questions: Sequence[ParsedQuestion]
    given: Sequence[Answer | NoAnswer]

    @property
    def last(self) -> Answer | None:
        """Return the latest answer; None if nothing was answered."""
        answers = (one for one in reversed(self.given) if isinstance(one, Answer))
        return next(answers, None)

    @property
    def quoted(self) -> Quote | None:
        """Return the first quote of the latest answer; None if nothing was answered."""
        return self.last.quotes[0] if self.last else None

    @property
    def shown(self) -> list[Quote]:
        """Return the quotes that were shown."""
        answers = (one for one in self.given if isinstance(one, Answer))
        return [quote for one in answers for quote in one.items or one.shown]

    @property
    def topics(self) -> list[ParsedQuestion]:
        """Return what the questions are about: whoever asks for a takeaway asks about its words."""
        return [
            parse(answer.quotes[0].shown)
            if isinstance(answer, Answer) and answer.kind == "takeaway"
            else question
            for question, answer in zip(self.questions, self.given, strict=True)
        ]
