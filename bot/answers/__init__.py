"""From a question to an answer made of quotes, or a plain no.

`engine` is the path in order: `question` reads the message, `episode` answers what the episode
says of itself, `retrieval` searches for windows and has the `reader` read them, `confidence`
decides whether one of them answers, and `quoting` cuts the quotes. `language` knows words, `model`
holds what comes out.
"""

from bot.answers.answerer import AT_ONCE, Answerer, ready
from bot.answers.episode.highlights import Highlight
from bot.answers.model import Answer, Consulted, NoAnswer, Quote
from bot.answers.plain_text import as_text, attribution, chosen_line, place_in_file
from bot.answers.pointing import Pick, Pointed, Pointer
from bot.answers.question.languages import load_languages
from bot.answers.question.parse import READ, asks
from bot.answers.question.small_talk import asks_nothing
from bot.answers.retrieval.candidates import Candidate
from bot.answers.steps import REMEMBERED

__all__ = [
    "AT_ONCE",
    "READ",
    "REMEMBERED",
    "Answer",
    "Answerer",
    "Candidate",
    "Consulted",
    "Highlight",
    "NoAnswer",
    "Pick",
    "Pointed",
    "Pointer",
    "Quote",
    "as_text",
    "asks",
    "asks_nothing",
    "attribution",
    "chosen_line",
    "load_languages",
    "place_in_file",
    "ready",
]
