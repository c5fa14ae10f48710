"""A question of a thread, much as the bot gives it to the reader."""

from collections.abc import Sequence

from bot.answers.question.follow_up import resolved
from bot.answers.question.terms import EMPTY_WORDS
from bot.search.tokens import words

_MOST = 6


def subject(question: str) -> str:
    """Return the words of a question that a follow-up takes over."""
    return " ".join([one for one in words(question) if one not in EMPTY_WORDS][:_MOST])


def in_thread(question: str, history: Sequence[str]) -> str:
    """Return a question as it is read after others, oldest first; without any, the question."""
    return resolved(question, " ".join(map(subject, history))) if history else question
