"""Definitions: the sheet's row of a term, then the passages that explain it."""

from functools import lru_cache
from itertools import chain, islice, zip_longest

from bot.answers.episode.glossary import Glossary, explanations
from bot.answers.model import MOST_FURTHER, MOST_QUOTES, Answer
from bot.answers.question.parse import ParsedQuestion
from bot.answers.quoting.quotes import Quotes
from bot.answers.retrieval.retriever import Finder

# The sheet defines its own terms. Chosen by hand: sure, but not a fact such as who the hosts are.
_CERTAIN = 0.99
_BOTH = "Both as the reference sheet defines them:"
_AT_HAND = 8  # glossaries that are kept: of all episodes, and of those asked for by name


class Definitions:
    """Answers what a term of the reference sheet means."""

    def __init__(self, finder: Finder, quotes: Quotes) -> None:
        self._finder, self._quotes = finder, quotes

        self._glossary = lru_cache(_AT_HAND)(lambda among: Glossary(finder.collection.rows(among)))

    def answer(self, question: ParsedQuestion) -> Answer | None:
        """Return the definition of a term of the sheet, or of two; None for any other question."""
        glossary = self._glossary(question.among)
        row = glossary.asked(question.core, question.around, question.message)
        rows = (row,) if row else glossary.both(question.core)
        if not rows:
            return None
        found = zip_longest(*(explanations(one, self._finder) for one in rows))
        explained = dict.fromkeys(self._quotes.of(one) for one in chain.from_iterable(found) if one)
        quotes = (
            *(self._quotes.window(one, 0, 0) for one in rows),
            *islice(explained, MOST_QUOTES - len(rows) + MOST_FURTHER),
        )
        return Answer(
            question.message,
            "definition",
            _BOTH if len(rows) > 1 else "",
            quotes[:MOST_QUOTES],
            confidence=_CERTAIN,
            further=quotes[MOST_QUOTES:],
        )

    def neighbours(self, question: ParsedQuestion) -> tuple[str, ...]:
        """Return commands for the terms that a question nearly asks to define."""
        names = self._glossary(question.among).neighbours(question.core)
        return tuple(f"define {name}" for name in names)

    def nearest(self, term: str, among: tuple[int, ...] | None = None) -> tuple[str, ...]:
        """Return commands for the terms that are most like this one."""
        return tuple(f"define {name}" for name in self._glossary(among).nearest(term))
