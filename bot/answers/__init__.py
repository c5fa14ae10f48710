"""From a question to an answer made of quotes, or a plain no."""

from bot.answers.answerer import REMEMBERED, Answerer, ready
from bot.answers.episode.highlights import Highlight
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.plain_text import as_text, attribution
from bot.answers.question.parse import READ, asks

__all__ = [
    "READ",
    "REMEMBERED",
    "Answer",
    "Answerer",
    "Highlight",
    "NoAnswer",
    "Quote",
    "as_text",
    "asks",
    "attribution",
    "ready",
]
