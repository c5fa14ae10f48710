"""From a question to what was read for it: search proposes windows, the reader reads the best."""

from collections.abc import Collection as Some
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice

import numpy as np

from bot.answers.language.spelling import Vocabulary
from bot.answers.language.thesaurus import Thesaurus
from bot.answers.model import Quote
from bot.answers.question.follow_up import Reference, follow_up, resolved
from bot.answers.question.parse import Form, ParsedQuestion
from bot.answers.question.terms import EMPTY_WORDS, Term, Terms
from bot.answers.question.this_episode import without_source
from bot.answers.quoting.quotes import MOST_WORDS, holds
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.candidates import Candidate, candidates
from bot.answers.retrieval.encodings import Encodings
from bot.answers.retrieval.enumerations import Enumeration
from bot.answers.retrieval.lists import Lists
from bot.answers.retrieval.search import Among, Floats, Search
from bot.answers.retrieval.topic import Ranked, Topic, best_apart, unmet
from bot.answers.retrieval.windows import Window, lengthened
from bot.answers.retrieval.word_vectors import WordVectors
from bot.episodes import Episode
from bot.search.passages import Kind

# Windows that are read. With the encoder, five to eight are as good on the author that training
# leaves out, and each takes some 7 to 14 ms.
MOST_READ = 5
# A short text of the question's very words is nearer than any other: beyond this, it says no more.
_NEAR_ENOUGH = 48.0
# Forms of a question that may be nothing but a name.
MERE_NAMES = (Form.KEYWORDS, Form.DEFINITION)
# A follow-up's bonus for what stands at the answer before it, and in how many turns it fades.
_NEARNESS, _REACH = 6.5, 4.0
# What the logit of a lesser answer loses. Chosen by hand.
_LESSER = 5.0
# A thread reads the windows of its questions again: their logits are kept, some hundred kilobytes.
_REMEMBERED = 1_024
# Windows that are kept in the order of the search where no reader is, and those looked through for
# them: what a thread has quoted already is left out.
_NEAREST, _LOOKED_THROUGH = 60, 240
_FEW = 10_000  # scores that are sorted at once; chosen by hand: a millisecond


class Finder:
    """Finds windows of all episodes for a question."""

    def __init__(
        self, thesaurus: Thesaurus, vectors: WordVectors, encodings: Encodings, reader: Reader
    ) -> None:
        """Search a collection; where the reader cannot read, windows keep the search's order."""
        self.collection = collection = encodings.collection
        self.encodings, self.thesaurus = encodings, thesaurus
        self.search = Search(collection, thesaurus, vectors, encodings)
        vocabulary = Vocabulary(collection.index.knows, lambda: collection.words, EMPTY_WORDS)
        self.terms = Terms(vocabulary, collection.library.hosts)
        self._lists = Lists(collection)
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

        `last` is the quote that the thread was answered with: what follows is looked for in its
        episode, unless it names others, and what stands near it is likelier meant.
        """
        leaning = follow_up(question, self.terms.of(question))
        if leaning.reference is Reference.NONE or not thread:
            return self._topic(question, Reference.NONE, (), None)
        if leaning.reference is Reference.MORE:
            found = self.find(thread[-1], thread[:-1])
            return replace(found, reference=Reference.MORE)
        among = self._where(last) if question.among is None else question.among
        question = replace(question, form=leaning.form, among=among)
        return self._topic(question, leaning.reference, self._followed(thread), last)

    def _where(self, last: Quote | None) -> Among:
        at = self.collection.library.place(last.episode) if last else None
        return None if at is None else (at,)

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
        last: Quote | None,
    ) -> Topic:
        own, around = (" ".join(self.terms.mended(one)) for one in (question.core, question.around))
        before = " ".join(one.core for one in followed)
        taken = " ".join(self.terms.mended(before))
        subject = " ".join(term.word for one in followed for term in self.terms.of(one))
        message = without_source(question.message)
        asked = resolved(message, subject) if followed else message
        terms = [term for one in (question, *followed) for term in self._terms(one, question.among)]
        # Twice what is asked now: what is taken over weighs half.
        scores = self.search.scores(f"{own} {own} {around} {taken}", asked, question.among)
        if last:
            near = self._closeness(last)[self.collection.numbers(question.among)]
            scores = _NEAR_ENOUGH * np.tanh(scores / _NEAR_ENOUGH) + near
        return self._ranked(Topic(question, asked, terms, [], reference, scores, question.among))

    def _terms(self, question: ParsedQuestion, among: Among) -> list[Term]:
        """Return the terms of a question; of one episode alone, heard is what is said in it."""
        found = self.terms.of(question)
        if among is None or len(among) != 1:
            return found
        here, index = self.collection.windows_of(among[0]), self.collection.index

        def said(term: Term) -> bool:
            return bool(index.scores(term.word, here.start, here.stop).any())

        return [one if said(one) else one.not_heard() for one in found]

    def _closeness(self, last: Quote) -> Floats:
        """Return how near each window stands to a quote, in turns; it fades quickly."""
        near = np.zeros(len(self.collection))
        at = self.collection.library.place(last.episode)
        pieces = () if at is None else self.collection.passages_of(at)
        there = next((one.turn for one in pieces if holds(one, last)), -1)
        if at is not None and there >= 0:
            windows = self.collection.windows_of(at)
            turns = self.collection.turns_of(at)
            near[windows] = _NEARNESS * np.exp(-abs(turns - there) / _REACH) * (turns >= 0)
        return near

    def without(self, found: Topic, shown: Some[Quote]) -> Topic:
        """Return what was found without what these quotes hold."""
        if not any(one.meets(quote) for one in found.ranked for quote in shown):
            return found
        return replace(self._ranked(found, shown), whole=found)

    def _ranked(self, topic: Topic, shown: Some[Quote] = ()) -> Topic:
        """Read the nearest windows, none of which holds words of `shown`."""
        new = self._new(topic, shown)
        kept = list(islice(new, _NEAREST if self.reader.fault else MOST_READ))
        read = [] if self.reader.fault else list(self._read(topic, kept))
        announced = self._lists.announced(topic.question.core, [one.number for one in kept])
        ranked = best_apart(lengthened(one, MOST_WORDS) for one in read or kept)
        return replace(topic, ranked=ranked, read=bool(read), announced=announced is not None)

    def _new(self, topic: Topic, shown: Some[Quote]) -> Iterator[Ranked]:
        """Yield the nearest windows that may answer and hold no words of `shown`."""
        for one in self._nearest(topic.scores, topic.among):
            if not any(map(one.meets, shown)) and not _defines_another(one, topic):
                yield one

    def candidates(self, topic: Topic, shown: Some[Quote] = ()) -> tuple[Candidate, ...]:
        """Return what somebody else may choose from: what was read, best first, then what is near.

        None of it holds words of `shown`.
        """
        return tuple(candidates(chain(topic.ranked, self._new(topic, shown))))

    def _nearest(self, scores: Floats, among: Among) -> Iterator[Ranked]:
        """Yield windows, the nearest first; of equal ones, those of the newest episode."""
        numbers = np.arange(len(self.collection))[self.collection.numbers(among)]
        for at in _best(scores, _LOOKED_THROUGH):
            one = self.collection.window(int(numbers[at]))
            near = _NEAR_ENOUGH * float(np.tanh(scores[at] / _NEAR_ENOUGH))
            yield Ranked(one.number, one.passage, one.first, one.last, one.asked, near)

    def _read(self, topic: Topic, windows: Sequence[Ranked]) -> Iterator[Ranked]:
        """Yield windows with their logits."""
        for window in windows:
            logit = self._logit(topic.asked, window.said)
            yield replace(window, logit=logit - _LESSER * _is_lesser(window, topic))

    def near(self, episode: Episode, said: str) -> list[Ranked]:
        """Return an episode's windows that are near some words, by search alone, best first."""
        at = self.collection.library.place(episode.slug)
        among = () if at is None else (at,)
        scores = self.search.scores(said, said, among, encoded=False)
        return best_apart(self._nearest(scores, among))

    def enumeration(self, topic: Topic) -> Enumeration | None:
        """Return the list that a question for several things asks for, if there is one."""
        return self._lists.asked(topic.question.core, [one.number for one in topic.ranked])


def _best(scores: Floats, count: int) -> list[int]:
    """Return the places of the highest scores, highest first; of equal ones, the last first."""
    # Most are near the mean, which is 0, and are out: sorting them takes some milliseconds.
    high = np.flatnonzero(scores > 2 * scores.std()) if scores.size > _FEW else np.empty(0, np.intp)
    kept = high if high.size >= count else np.arange(scores.size)
    order: list[int] = kept[np.lexsort((-kept, -scores[kept]))[:count]].tolist()
    return order


def _is_lesser(window: Window, topic: Topic) -> bool:
    """Return whether a window is the lesser answer to a question.

    A row of the sheet is where no name is asked for, since it defines. What does not say a name of
    one term is where that is all that is asked: whoever asks for `costs` wants to read that word.
    """
    if topic.question.form not in MERE_NAMES:
        return window.passage.kind is Kind.TERM
    alone = topic.reference is Reference.NONE and len(topic.terms) == 1
    return alone and bool(unmet(topic.terms, window))


def _defines_another(window: Window, topic: Topic) -> bool:
    """Return whether a term is asked for, and this is the sheet's row of another one."""
    if window.passage.kind is not Kind.TERM or topic.question.form not in MERE_NAMES:
        return False
    # C, C++ and C# have the same words.
    said, core = window.passage.own, topic.question.core
    signs = any(sign in said and sign not in core for sign in "+#")
    return signs or bool(unmet(topic.terms, window))
