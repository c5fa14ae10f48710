"""Finds passages: the index proposes, the ranking decides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answers.language.spelling import Vocabulary
from bot.answers.language.thesaurus import LOOSE, Thesaurus
from bot.answers.language.word_frequencies import background
from bot.answers.model import Quote
from bot.answers.question.follow_up import Reference, follow_up, inherit
from bot.answers.question.names import (
    Known,
    marks,
    missing_compounds,
    missing_names,
    proper_names,
)
from bot.answers.question.parse import Form, ParsedQuestion
from bot.answers.question.terms import EMPTY_WORDS, Clue, Clues
from bot.answers.retrieval.enumerations import Enumeration
from bot.answers.retrieval.features import Measure
from bot.answers.retrieval.lists import Lists
from bot.answers.retrieval.ranking import Candidates, Ranked, candidates, closest, rank
from bot.answers.retrieval.windows import Windows, reader
from bot.answers.weights import RANKING
from bot.episodes.titles import body_text
from bot.search import Index
from bot.search.passages import Kind, Passage
from bot.search.tokens import stem, words

# Passages that the index proposes. Chosen by hand: on tests/evaluation/dev.yaml 30 loses one
# answer, and 120 wins none.
_PROPOSED = 60
# A comparison's first quote leaves a side out if it misses this share of the question. Chosen by
# hand: .15 and .35 give the same figures on tests/evaluation/dev.yaml.
_OTHER_SIDE = 0.25


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with all that was found out about it.

    `ranked` are the passages, best first. `near` is the passage of the answer before, if it follows
    one. `whole` is set where quotes of the thread are left out: the same with them. `announced` is
    set if the episode announces a list in the words of the question. `missing` are the names and
    numbers of the question that the best passage lacks.
    """

    question: ParsedQuestion
    clues: list[Clue]
    measure: Measure
    ranked: list[Ranked]
    reference: Reference
    near: Passage | None = None
    whole: "Topic | None" = None
    announced: bool = False
    missing: tuple[str, ...] = ()


class Finder:
    """Ranks the passages of all episodes against a question."""

    def __init__(self, passages: Sequence[Passage], thesaurus: Thesaurus) -> None:
        self.passages = passages
        read, known = reader(thesaurus), background()
        concepts = [read(f"{one.scored} {one.own}").concepts() for one in passages]
        self.windows = Windows(passages, read)
        self.clues = Clues(
            Vocabulary((passage.scored for passage in passages), known, EMPTY_WORDS),
            thesaurus,
            known,
            names={host.name for passage in passages for host in passage.episode.hosts},
            concepts=frozenset(concept for some in concepts for concept in some),
        )
        self._read = read
        self._lists = Lists(passages, read)
        episodes = {passage.episode.slug: passage.episode for passage in passages}
        said = "\n".join(map(body_text, episodes.values()))
        hosts = (host.name for one in episodes.values() for host in one.hosts)
        self._known = Known(
            known,
            proper_names(said, known) - set(map(stem, words(" ".join(hosts)))),
            marks(" ".join(f"{one.scored} {one.own}" for one in passages)),
        )
        self._index = Index.build(
            [
                " ".join((passage.scored, passage.own, *_marks(some)))
                for passage, some in zip(passages, concepts, strict=True)
            ]
        )

    def reference(self, question: ParsedQuestion) -> Reference:
        """Return what a question takes over from its thread, judged by its own words."""
        return follow_up(question, self.clues.of(question)).reference

    def search(self, question: ParsedQuestion, thread: Sequence[ParsedQuestion] = ()) -> Topic:
        """Return what a question asks in its thread, and the passages for it."""
        clues = self.clues.of(question)
        leaning = follow_up(question, clues)
        if leaning.reference is Reference.NONE or not thread:
            return self._topic(question, clues, Reference.NONE)
        before = self.search(thread[-1], thread[:-1])
        if leaning.reference is Reference.MORE:
            return replace(before, reference=Reference.MORE)
        question = replace(question, form=leaning.form)
        return self._topic(
            question,
            inherit(clues, before.clues),
            leaning.reference,
            before.ranked[0].passage if before.ranked else None,
        )

    def without(self, found: Topic, shown: Collection[Quote]) -> Topic:
        """Return what was found without what these quotes hold."""
        if not any(one.meets(quote) for one in found.ranked for quote in shown):
            return found
        left = self._rank(found.clues, found.measure, found.near, shown)
        return replace(found, ranked=left, whole=found)

    def rank(self, clues: Sequence[Clue], form: Form) -> list[Ranked]:
        """Return the best window of each passage that shares a clue, best first."""
        return self._rank(clues, Measure(self.windows, clues, form, frozenset()))

    def _topic(
        self,
        question: ParsedQuestion,
        clues: list[Clue],
        reference: Reference,
        near: Passage | None = None,
    ) -> Topic:
        measure = Measure(
            self.windows, clues, question.form, frozenset(map(stem, words(question.core)))
        )
        ranked = self._rank(clues, measure, near)
        announced = self._lists.announced(question.core, clues) is not None
        missing = self._missing(question, clues, ranked[0].passage) if ranked else ()
        return Topic(
            question, clues, measure, ranked, reference, near, announced=announced, missing=missing
        )

    def _missing(
        self, question: ParsedQuestion, clues: Sequence[Clue], passage: Passage
    ) -> tuple[str, ...]:
        """Return what a question names and a passage lacks.

        A row of the sheet defines one term, so it lacks whatever word of a mere name it has not.
        """
        said = " ".join((passage.scored, *passage.names))
        missing = missing_names(question, clues, said, self._known)
        if question.defines:
            missing = (*missing, *missing_compounds(question.core, said))
        if passage.kind is not Kind.TERM or question.form not in (Form.KEYWORDS, Form.DEFINITION):
            return missing
        row = self._read(said)
        lacking = (clue for clue in clues if not clue.stems <= row.stems)
        unmet = (" ".join(one.words) for one in lacking if not one.concepts & row.concepts())
        # C, C++ and C# have the same words.
        signs = (sign for sign in "+#" if sign in said and sign not in question.core)
        return (*missing, *unmet, *signs)

    def both_sides(self, topic: Topic) -> list[Ranked]:
        """Rank for a comparison: second is the best passage for what the first leaves out.

        A comparison wants both of its sides, and one passage seldom speaks of both.
        """
        first = topic.ranked[0]
        literal, _ = topic.measure.met_in(first.number, first.first, first.last)
        left = [clue for clue in topic.clues if clue.heard and clue not in literal]
        if sum(clue.weight for clue in left) < _OTHER_SIDE * sum(c.weight for c in topic.clues):
            return topic.ranked
        other = [one for one in self.rank(left, Form.DEFINITION) if one.number != first.number]
        kept = [one for one in topic.ranked[1:] if one.number not in {o.number for o in other[:1]}]
        return [first, *other[:1], *kept]

    def enumeration(self, topic: Topic) -> Enumeration | None:
        """Return the list that a question for several things asks for, if there is one."""
        return self._lists.asked(topic.question.core, topic.clues)

    def candidates(self, clues: Sequence[Clue], measure: Measure) -> Candidates | None:
        """Return the windows of the passages that the index proposes; None if it proposes none."""
        hits = self._index.search(_query(clues), _PROPOSED)
        best = max((hit.score for hit in hits), default=0.0)
        proposed = [
            (hit.doc, hit.score / best if best > 0 else 0.0)
            for hit in hits
            if self.passages[hit.doc].kind is not Kind.ASKED
        ]
        return candidates(self.windows, proposed, measure) if proposed else None

    def _rank(
        self,
        clues: Sequence[Clue],
        measure: Measure,
        near: Passage | None = None,
        shown: Collection[Quote] = (),
    ) -> list[Ranked]:
        found = self.candidates(clues, measure)
        ranked = rank(self.windows, self.passages, found, RANKING, shown) if found else []
        return closest(ranked, near) if near else ranked


def _query(clues: Sequence[Clue]) -> str:
    said = [word for clue in clues for word in clue.words]
    return " ".join((*said, *(mark for clue in clues for mark in _marks(clue.concepts))))


def _marks(concepts: Iterable[str]) -> list[str]:
    """Concepts as words of their own, which no text holds; loose ones would propose too much."""
    close = sorted(concept for concept in concepts if not concept.startswith(LOOSE))
    return [f"concept{concept.replace('_', '')}" for concept in close]
