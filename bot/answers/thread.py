"""The thread above a question: what was asked, what answered, and what was shown. Pure."""

from dataclasses import dataclass, replace

from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.question.parse import ParsedQuestion, parse


@dataclass(frozen=True, slots=True)
class Thread:
    """Earlier questions, oldest first, each with what came back."""

    questions: tuple[ParsedQuestion, ...] = ()
    given: tuple[Answer | NoAnswer, ...] = ()

    def then(self, question: ParsedQuestion, answer: Answer | NoAnswer) -> "Thread":
        """Return the thread with one more question, and what came back."""
        return replace(self, questions=(*self.questions, question), given=(*self.given, answer))

    def holding(self, answer: Answer | NoAnswer) -> Answer | NoAnswer:
        """Return an answer with the questions that it was read with."""
        return replace(answer, history=self.messages) if isinstance(answer, Answer) else answer

    @property
    def messages(self) -> tuple[str, ...]:
        """Return the questions as they were asked."""
        return tuple(one.message for one in self.questions)

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


ALONE = Thread()
