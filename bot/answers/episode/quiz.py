"""A quiz made of the reference sheet: a definition is shown, and its term is to be found. Pure."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.answers.model import Quote
from bot.search import tokens

# Chosen by hand: a minute's play, and few enough options to compare.
QUESTIONS = 5
OPTIONS = 4
# Of 100, chosen by hand; definitions that are more alike could each be the other's.
_MOST_ALIKE = 60


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """A definition and the terms to choose from; `right` counts from 0 among the options.

    `settles` is the row of the sheet that the definition stands in: its label is the term.
    """

    settles: Quote
    options: tuple[str, ...]
    right: int


def quiz(rows: Sequence[Quote], seed: str, count: int = QUESTIONS) -> tuple[QuizQuestion, ...]:
    """At most `count` questions from the sheet's rows; the same seed makes the same ones.

    A row is asked for only where its definition does not name its term, and offered beside another
    only where neither could stand for the other. Fewer than two rows make no question.
    """
    chance = random.Random(seed)  # noqa: S311 (a game, no secret)
    asked = [row for row in rows if not _gives_away(row)]
    chance.shuffle(asked)
    made = (_question(row, rows, chance) for row in asked)
    return tuple(question for question in made if question)[:count]


def _question(row: Quote, rows: Iterable[Quote], chance: random.Random) -> QuizQuestion | None:
    wrong = list(dict.fromkeys(_term(other) for other in rows if not _could_be(row, other)))
    options = [_term(row), *chance.sample(wrong, min(OPTIONS - 1, len(wrong)))]
    if len(options) < 2:  # noqa: PLR2004 (nothing to choose from)
        return None
    chance.shuffle(options)
    return QuizQuestion(row, tuple(options), options.index(_term(row)))


def _term(row: Quote) -> str:
    """Return the term as the sheet prints it."""
    return row.label or ""


def _gives_away(row: Quote) -> bool:
    """Whether a definition says its own term."""
    return set(tokens(_term(row).partition("(")[0])) <= set(tokens(row.text))


def _could_be(row: Quote, other: Quote) -> bool:
    """Whether another row's term would be right as well: the same one, or defined much alike."""
    mine, its = set(tokens(_term(row))), set(tokens(_term(other)))
    if mine <= its or its <= mine:
        return True
    alike = fuzz.token_set_ratio(" ".join(tokens(row.text)), " ".join(tokens(other.text)))
    return alike > _MOST_ALIKE
