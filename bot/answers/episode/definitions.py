"""Definitions: the sheet's row of a term, then the passages that explain it."""

from collections.abc import Sequence
from itertools import islice

from bot.answers.episode.glossary import Glossary, explanations
from bot.answers.model import MOST_FURTHER, MOST_QUOTES, Answer
from bot.answers.question.parse import ParsedQuestion
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder
from bot.search.passages import Passage

# The sheet defines its own terms. Chosen by hand: sure, but not a fact such as who the hosts are.
_CERTAIN = 0.99


class Definitions:
    """Answers what a term of the reference sheet means."""

    def __init__(self, passages: Sequence[Passage], finder: Finder, quotes: Quotes) -> None:
        self._glossary, self._finder, self._quotes = Glossary(passages), finder, quotes

    def answer(self, question: ParsedQuestion) -> Answer | None:
        """Return the definition of a term of the sheet; None for any other question."""
        row = self._glossary.asked(question.core, question.around, question.message)
        if row is None:
            return None
        explained = islice(explanations(row, self._finder), MOST_QUOTES - 1 + MOST_FURTHER)
        quotes = (self._quotes.window(row, 0, 0), *map(self._quotes.of, explained))
        return Answer(
            question.message,
            "definition",
            "",
            quotes[:MOST_QUOTES],
            confidence=_CERTAIN,
            further=quotes[MOST_QUOTES:],
        )

    def neighbours(self, question: ParsedQuestion) -> tuple[str, ...]:
        """Return commands for the terms that a question nearly asks to define."""
        return tuple(f"define {name}" for name in self._glossary.neighbours(question.core))

    def nearest(self, term: str) -> tuple[str, ...]:
        """Return commands for the terms that are most like this one."""
        return tuple(f"define {name}" for name in self._glossary.nearest(term))
