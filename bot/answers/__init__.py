"""From a question to an answer made of quotes, or a plain no.

`engine` is the path in order: `question` reads the message, `episode` answers what the episode
says of itself, `retrieval` searches for windows and has the `reader` read them, `confidence`
decides whether one of them answers, and `quoting` cuts the quotes. `language` knows words, `model`
holds what comes out.
"""

from bot.answers.answerer import Answerer, ready
from bot.answers.engine import REMEMBERED
from bot.answers.episode.highlights import Highlight
from bot.answers.model import Answer, NoAnswer, Quote
from bot.answers.plain_text import as_text, attribution, place_in_file
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
    "place_in_file",
    "ready",
]
