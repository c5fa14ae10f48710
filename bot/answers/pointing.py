"""Where the bot is unsure, a language model may point at what answers; it never says a word.

It is shown a question and numbered passages, and gives back numbers. An answer is still cut from
the transcript, so that whatever it says, nothing but true quotes is shown.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import NamedTuple, Protocol

from bot.answers.compose import Composer
from bot.answers.confidence.decide import Decision
from bot.answers.model import (
    MOST_FURTHER,
    MOST_QUOTES,
    Answer,
    Consulted,
    NoAnswer,
    Outcome,
    Quote,
)
from bot.answers.question.parse import ParsedQuestion
from bot.answers.quoting.quotes import MOST_WORDS, Quotes
from bot.answers.retrieval.candidates import Candidate
from bot.answers.retrieval.topic import Topic

# Why a question was declined by what was found for it, and not by what it asks for.
_MAY_BE_FOUND = {"below_threshold", "missing_name", "unknown_term"}
_REMEMBERED = 1_024  # answers that a model chose; as many as others are remembered


class Pick(NamedTuple):
    """Sentences `first` to `last` of a candidate, all counted from 0."""

    candidate: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a model pointed at, best first: nothing if none answers, None if it was of no use.

    Seconds and tokens are what it cost.
    """

    model: str
    picks: tuple[Pick, ...] | None
    tokens: int
    seconds: float


class Pointer(Protocol):
    """Points at candidates that answer; `key` is what its choices are remembered by."""

    @property
    def key(self) -> str: ...  # noqa: D102 - the class says it

    def wants(self, confidence: float) -> bool:
        """Return whether it is to be asked where the bot's own answer is so likely right."""

    def point(
        self, question: str, earlier: Sequence[str], candidates: Sequence[Candidate]
    ) -> Pointed | None:
        """Return what answers a question that follows `earlier` ones; None if nobody was asked.

        Every pick is one of the candidates and of its sentences. Never raises.
        """


def may_point(answer: Answer | NoAnswer) -> bool:
    """Return whether an answer is one that was searched for, and not read off or refused."""
    if isinstance(answer, NoAnswer):
        return answer.reason in _MAY_BE_FOUND
    return answer.kind == "quote" and not answer.lead


class Chosen:
    """The latest answers that models chose, by question, thread and what chose them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Answer | NoAnswer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Answer | NoAnswer | None:
        """Return an answer that was chosen before; None if none is remembered."""
        return self._kept.get(key)

    def put(self, key: Hashable, answer: Answer | NoAnswer) -> None:
        """Remember an answer, which costs nothing when it is given again."""
        with self._lock:
            self._kept[key] = replace(answer, consulted=None)
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)


class Chooser:
    """Makes answers of what a model pointed at."""

    def __init__(self, quotes: Quotes, compose: Composer) -> None:
        self._quotes, self._compose = quotes, compose

    def answer(
        self,
        question: ParsedQuestion,
        found: Topic,
        own: Answer | NoAnswer,
        pointed: Pointed,
        candidates: Sequence[Candidate],
    ) -> Answer | NoAnswer:
        """Return the answer, or the bot's `own` with what became of the model."""
        if pointed.picks is None:
            return replace(own, consulted=_consulted(pointed, "failed"))
        quotes = tuple(self._picked(candidates, pointed.picks))
        if not quotes:
            declined = own
            if isinstance(own, Answer):
                decision = Decision(own.confidence, "model_declined")
                declined = self._compose.no_answer(question, found, decision)
            return replace(declined, consulted=_consulted(pointed, "declined"))
        agrees = isinstance(own, Answer) and _meet(quotes[0], own.quotes[0])
        return Answer(
            own.question,
            "quote",
            "",
            quotes[:MOST_QUOTES],
            confidence=own.confidence,
            further=quotes[MOST_QUOTES : MOST_QUOTES + MOST_FURTHER],
            chosen_by=pointed.model,
            consulted=_consulted(pointed, "agreed" if agrees else "pointed"),
        )

    def _picked(self, candidates: Sequence[Candidate], picks: Sequence[Pick]) -> Iterator[Quote]:
        """Yield quotes of what was picked, none of which has words of one before."""
        given: list[Quote] = []
        for pick in picks:
            one = candidates[pick.candidate]
            first, last = one.first + pick.first, one.first + pick.last
            quote = self._quotes.window(one.passage, first, last)
            if len(quote.text.split()) > MOST_WORDS:
                quote = self._quotes.opening(one.passage, first)
            if not any(_meet(quote, other) for other in given):
                given.append(quote)
                yield quote


def _meet(one: Quote, other: Quote) -> bool:
    same = one.episode == other.episode
    return same and one.start < other.end and other.start < one.end


def _consulted(pointed: Pointed, outcome: Outcome) -> Consulted:
    return Consulted(pointed.model, outcome, pointed.tokens, pointed.seconds)
