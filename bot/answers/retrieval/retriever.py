"""From a question to what was read for it: search proposes windows, the reader reads the best."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import numpy as np

from bot.answers.language.spelling import Vocabulary
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.model import Quote
from bot.answers.question.follow_up import Reference, follow_up, resolved
from bot.answers.question.parse import Form, ParsedQuestion
from bot.answers.question.terms import EMPTY_WORDS, Term, Terms
from bot.answers.quoting.quotes import holds
from bot.answers.reader.reader import Reader
from bot.answers.reader.said import Said
from bot.answers.retrieval.enumerations import Enumeration
from bot.answers.retrieval.lists import Lists
from bot.answers.retrieval.search import Floats, Search
from bot.answers.retrieval.windows import Window
from bot.answers.retrieval.word_vectors import WordVectors
from bot.search.passages import Kind, Passage
from bot.search.tokens import stem, words

# Windows that are read; a surely right one ends it, from the fourth on. `bot/answers/README.md`
# shows what fewer and more bring.
MOST_READ, FEWEST_READ, SURE = 8, 4, 4.0
# How much search says beside the reader's logit, where one passage is set against another.
# A short text of the question's very words is nearer than any other: beyond this, it says no more.
_SEARCHED, _NEAR_ENOUGH = 0.25, 12.0
# Forms of a question that may be nothing but a name.
MERE_NAMES = (Form.KEYWORDS, Form.DEFINITION)
# A follow-up's bonus for what stands at the answer before it, and in how many turns it fades.
_NEARNESS, _REACH = 4.0, 4.0
# A row of the sheet defines: to any other question it is the lesser answer. Chosen by hand.
_ROW = 1.0
# A thread reads the windows of its questions again: their logits are kept, some hundred kilobytes.
_REMEMBERED = 1_024
_NEAREST = 60  # windows that are kept in the order of the search where no reader is


@dataclass(frozen=True, slots=True)
class Ranked(Window):
    """A window with what was found out about it.

    `near` is its score in the search, `logit` the reader's, None where it was not read. `score`
    orders windows: the higher, the surer it answers.
    """

    near: float = 0.0
    logit: float | None = None

    @property
    def score(self) -> float:
        """Return what windows are ordered by."""
        if self.logit is None:
            return self.near
        return _SEARCHED * self.near + self.logit


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with all that was found out about it.

    `asked` is what the reader was asked: the question, with what it points at in its place.
    `ranked` are the best windows of passages, best first, and `read` tells whether they were read.
    `announced` is set if the episode announces a list in the words of the question, `whole` where
    quotes of the thread are left out: the same with them.
    """

    question: ParsedQuestion
    asked: str
    terms: list[Term]
    ranked: list[Ranked]
    reference: Reference
    scores: Floats
    announced: bool = False
    whole: "Topic | None" = None
    read: bool = False

    @property
    def unmet(self) -> list[Term]:
        """Return the terms that the best passage lacks, with the question that it answers."""
        return unmet(self.terms, self.ranked[0]) if self.ranked else self.terms


class Finder:
    """Finds windows of all episodes for a question."""

    def __init__(self, passages: Sequence[Passage], thesaurus: Thesaurus, reader: Reader) -> None:
        """Index passages; where the reader cannot read, windows keep the order of the search."""
        self.passages = passages
        self.search = Search(passages, thesaurus, WordVectors())
        texts = [f"{one.scored} {one.own}" for one in passages]
        hosts = {host.name for passage in passages for host in passage.episode.hosts}
        self.terms = Terms(Vocabulary(texts, EMPTY_WORDS), hosts)
        self._lists = Lists(passages)
        self.reader = reader
        self._logit = lru_cache(_REMEMBERED)(reader.score)

    def reference(self, question: ParsedQuestion) -> Reference:
        """Return what a question takes over from its thread, judged by its own words."""
        return follow_up(question, self.terms.of(question)).reference

    def find(
        self,
        question: ParsedQuestion,
        thread: Sequence[ParsedQuestion] = (),
        last: Quote | None = None,
    ) -> Topic:
        """Return what a question asks in its thread, and the windows for it.

        `last` is the quote that the thread was answered with: what stands near it is likelier
        meant by what follows.
        """
        leaning = follow_up(question, self.terms.of(question))
        if leaning.reference is Reference.NONE or not thread:
            return self._topic(question, Reference.NONE, ())
        if leaning.reference is Reference.MORE:
            return replace(self.find(thread[-1], thread[:-1]), reference=Reference.MORE)
        question = replace(question, form=leaning.form)
        return self._topic(question, leaning.reference, self._followed(thread), last)

    def _followed(self, thread: Sequence[ParsedQuestion]) -> tuple[ParsedQuestion, ...]:
        """Return the question that a follow-up follows, after the ones that it follows itself."""
        *earlier, last = thread
        leans = self.reference(last) is not Reference.NONE
        return (*(self._followed(earlier) if leans and earlier else ()), last)

    def _topic(
        self,
        question: ParsedQuestion,
        reference: Reference,
        followed: Sequence[ParsedQuestion],
        last: Quote | None = None,
    ) -> Topic:
        own, around = (" ".join(self.terms.mended(one)) for one in (question.core, question.around))
        before = " ".join(one.core for one in followed)
        taken = " ".join(self.terms.mended(before))
        subject = " ".join(term.word for one in followed for term in self.terms.of(one))
        asked = resolved(question.message, subject) if followed else question.message
        terms = [term for one in (question, *followed) for term in self.terms.of(one)]
        # Twice what is asked now: what is taken over weighs half.
        scores = self.search.scores(f"{own} {own} {around} {taken}", asked)
        scores = _NEAR_ENOUGH * np.tanh(scores / _NEAR_ENOUGH)
        scores = scores + self._closeness(last) if last else scores
        announced = self._lists.announced(question.core) is not None
        return self._ranked(Topic(question, asked, terms, [], reference, scores, announced))

    def _closeness(self, last: Quote) -> Floats:
        """Return how near each window stands to a quote, in turns; it fades quickly."""
        there = next((one for one in self.passages if holds(one, last)), None)
        return np.array(
            [
                _NEARNESS * math.exp(-abs(one.passage.turn - there.turn) / _REACH)
                if there
                and there.turn >= 0 <= one.passage.turn
                and one.passage.episode is there.episode
                else 0.0
                for one in self.search.windows
            ]
        )

    def without(self, found: Topic, shown: Collection[Quote]) -> Topic:
        """Return what was found without what these quotes hold."""
        if not any(one.meets(quote) for one in found.ranked for quote in shown):
            return found
        return replace(self._ranked(found, shown), whole=found)

    def _ranked(self, topic: Topic, shown: Collection[Quote] = ()) -> Topic:
        """Read the nearest windows, none of which holds words of `shown`."""
        new = (
            one
            for one in self._nearest(topic.scores)
            if not any(map(one.meets, shown)) and not _defines_another(one, topic)
        )
        kept = list(islice(new, _NEAREST))
        read = [] if self.reader.fault else list(self._read(topic, kept[:MOST_READ]))
        return replace(topic, ranked=_best_of_passages(read or kept), read=bool(read))

    def _nearest(self, scores: Floats) -> Iterator[Ranked]:
        """Yield all windows, the nearest first."""
        for at in np.argsort(-scores, kind="stable").tolist():
            one = self.search.windows[at]
            near = float(scores[at])
            yield Ranked(one.number, one.passage, one.first, one.last, one.asked, near)

    def _read(self, topic: Topic, windows: Sequence[Ranked]) -> Iterator[Ranked]:
        """Yield windows with their logits, until one is surely right."""
        for count, window in enumerate(windows, start=1):
            said = Said(window.text, window.passage.speaker or "", window.asked)
            logit = self._logit(topic.asked, said)
            if window.passage.kind is Kind.TERM and topic.question.form not in MERE_NAMES:
                logit -= _ROW
            yield replace(window, logit=logit)
            if logit >= SURE and count >= FEWEST_READ:
                return

    def nearest(self, said: str) -> list[Ranked]:
        """Return the nearest window of each passage to some words, by search alone, best first."""
        return _best_of_passages(list(self._nearest(self.search.scores(said, said))))

    def enumeration(self, topic: Topic) -> Enumeration | None:
        """Return the list that a question for several things asks for, if there is one."""
        return self._lists.asked(topic.question.core, [one.number for one in topic.ranked])


def unmet(terms: Sequence[Term], window: Window) -> list[Term]:
    """Return the terms that neither a window's passage nor the turn before it says."""
    said = set(map(stem, words(f"{window.passage.scored} {' '.join(window.passage.names)}")))
    return [term for term in terms if term.stem not in said]


def _defines_another(window: Window, topic: Topic) -> bool:
    """Return whether a term is asked for, and this is the sheet's row of another one."""
    if window.passage.kind is not Kind.TERM or topic.question.form not in MERE_NAMES:
        return False
    # C, C++ and C# have the same words.
    said, core = window.passage.own, topic.question.core
    signs = any(sign in said and sign not in core for sign in "+#")
    return signs or bool(unmet(topic.terms, window))


def _best_of_passages(found: Sequence[Ranked]) -> list[Ranked]:
    """Return the best window of each passage, best first."""
    best: dict[int, Ranked] = {}
    for one in sorted(found, key=lambda one: -one.score):
        best.setdefault(one.number, one)
    return list(best.values())
