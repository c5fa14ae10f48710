"""From a question to an answer made of quotes, or a plain no."""

from bot.answers.answerer import Answerer, ready
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.text import as_text, attribution

__all__ = ["Answer", "Answerer", "NoAnswer", "Quote", "as_text", "attribution", "ready"]
