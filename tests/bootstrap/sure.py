"""A reader that needs no model."""

from bot.answers.reader.reader import Reader
from bot.answers.reader.said import Said


class Sure(Reader):
    """Takes whatever it reads for an answer: what is asked here is whether it is there."""

    @property
    def fault(self) -> None:
        return None

    def score(self, question: str, window: Said) -> float:
        return 5.0 if set(question.lower().split()) & set(window.text.lower().split()) else -5.0
