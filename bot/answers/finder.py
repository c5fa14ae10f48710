"""Finds passages: the index proposes, the ranking decides."""

from collections.abc import Sequence
from itertools import groupby

from bot.answers.background import background
from bot.answers.clues import Clue, Clues
from bot.answers.ranking import Entry, Measure, Ranked, Reader, entries, rank
from bot.answers.thesaurus import Thesaurus
from bot.answers.understanding import Form, Understood
from bot.answers.vocabulary import Vocabulary
from bot.answers.weights import RANKING
from bot.search import Index
from bot.search.passages import Passage

_PROPOSED = 40


class Finder:
    """Ranks the passages of all episodes against a question."""

    def __init__(self, passages: Sequence[Passage], thesaurus: Thesaurus) -> None:
        reader = Reader(thesaurus)
        self.entries: tuple[Entry, ...] = tuple(
            entry
            for _, group in groupby(passages, key=lambda passage: passage.episode.slug)
            for entry in entries(tuple(group), reader)
        )
        known = background()
        self.clues = Clues(
            Vocabulary((passage.scored for passage in passages), known),
            thesaurus,
            known,
            names={host.name for passage in passages for host in passage.episode.hosts},
            concepts=frozenset(
                concept
                for entry in self.entries
                for text in entry.sentences
                for concept in text.concepts
            ),
        )
        self._index = Index.build([_indexed(entry) for entry in self.entries])

    def find(self, question: Understood) -> tuple[list[Clue], list[Ranked]]:
        """The clues of a question, and the best window of each passage, best first."""
        clues = self.clues.of(question)
        return clues, self.rank(clues, question.form)

    def rank(self, clues: Sequence[Clue], form: Form) -> list[Ranked]:
        """The best window of each passage that shares a clue, best first."""
        hits = self._index.search(_query(clues), _PROPOSED)
        best = max((hit.score for hit in hits), default=0.0)
        proposed = [(self.entries[hit.doc], hit.score / best if best > 0 else 0.0) for hit in hits]
        return rank(proposed, Measure(clues, form), RANKING)


def _indexed(entry: Entry) -> str:
    """What the index reads of a passage: its words twice, since its context is there too."""
    passage = entry.passage
    concepts = {concept for text in (*entry.sentences, entry.asked) for concept in text.concepts}
    return " ".join((passage.scored, passage.own, *map(_mark, sorted(concepts))))


def _query(clues: Sequence[Clue]) -> str:
    said = [word for clue in clues for word in sorted(clue.words)]
    return " ".join(
        (*said, *(_mark(concept) for clue in clues for concept in sorted(clue.concepts)))
    )


def _mark(concept: str) -> str:
    """A concept as a word of its own, which no text holds."""
    return f"concept{concept.replace('_', '')}"
