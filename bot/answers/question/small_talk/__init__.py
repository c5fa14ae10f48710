"""Messages without a question about the content, and the words that they are answered with."""

from bot.answers.question.small_talk.replies import asks_nothing, without_question

__all__ = ["asks_nothing", "without_question"]
