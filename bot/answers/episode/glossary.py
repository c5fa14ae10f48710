"""The terms of the reference sheet, found by any of their names, misspelt ones too."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from bot.answers.episode.definition_questions import asked_nouns, asked_pairs, points_back
from bot.answers.language.english import english
from bot.answers.language.inflections import inflections
from bot.answers.language.slips import is_misspelt
from bot.answers.retrieval.retriever import Finder
from bot.answers.retrieval.topic import Ranked
from bot.search import tokens
from bot.search.passages import Kind, Passage
from bot.search.tokens import words

# Chosen by hand: the longest name, in words, that stands before `what is it`.
_LONGEST = 3
# Of 100, chosen by hand: three slips in twenty letters. Below, a name is no slip of the pen.
_LIKENESS = 84
# Of 100, chosen by hand: `Web 2.0` is a neighbour of `web 3.0`, one letter in six.
_NEIGHBOURS = 80
# Chosen by hand: shorter names have too many neighbours of one letter's difference.
_SHORTEST = 5
# Chosen by hand: so many names that are alike are looked at for one that is misspelt.
_MOST_ALIKE = 8
# Chosen by hand: longer messages tell a story and do not only name a term.
_LONGEST_MESSAGE = 200
# Symbols that belong to a name: C, C++ and C# are three languages.
_SYMBOLS = re.compile(r"[+#$%@*]")
_NAME = "\ue000"

# Chosen by hand: what is shorter mentions a term in passing.
_FEWEST_WORDS = 12
_EMPHASISED = re.compile(r"\*\*([^*]+)\*\*")


class Glossary:
    """Finds rows of the sheet.

    A name is looked up as it is printed, then without case, spaces and punctuation, then in other
    inflections, then as one that is misspelt. At each step the first row of that name wins.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.rows = tuple(passage for passage in passages if passage.kind is Kind.TERM)
        names = [(name, row) for row in reversed(self.rows) for name in _names(row)]
        self._printed = {_folded(name): row for name, row in names}
        self._joined = {_joined(name): row for name, row in names}
        self._inflected = {form: row for name, row in names for form in inflections(_joined(name))}
        self._words = {_joined(name): words(name) for name, _ in names}
        longest_first = sorted(self._printed, key=len, reverse=True)
        written = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._written = re.compile(rf"(?<![\w+#.])(?:{written})(?![\w+#])")

    def asked(self, core: str, around: str = "", message: str = "") -> Passage | None:
        """Return the row whose definition is asked for: `what is X`, `define X`, or X alone.

        If the question only points, as in `what is it`, X is what `around` ends with. `message` is
        the question before it was parsed: a name may hold what parts clauses, or open as a
        greeting does.
        """
        for text in (core, _folded(message)[:_LONGEST_MESSAGE].strip(" ?!.")):
            if row := self._asked_as_printed(text):
                return row
        if points_back(core):
            said = around.split()
            ends = (" ".join(said[-count:]) for count in range(min(_LONGEST, len(said)), 0, -1))
            return next((row for end in ends if (row := self.row(end))), None)
        return next((row for noun in asked_nouns(core) if (row := self.row(noun))), None)

    def both(self, core: str) -> tuple[Passage, ...]:
        """Return the rows of two terms that a question sets side by side: `RAG vs fine-tuning`."""
        pairs = ((self.row(one), self.row(other)) for one, other in asked_pairs(core))
        return next(((one, two) for one, two in pairs if one and two and one != two), ())

    def row(self, name: str) -> Passage | None:
        """Return the row of this name, written one way or another; None for a mere neighbour."""
        joined = _joined(name)
        row = self._printed.get(_folded(name)) or self._joined.get(joined)
        if row or not joined:
            return row
        forms = (self._inflected.get(form) for form in inflections(joined))
        return next(filter(None, forms), None) or self._misspelt(words(name), joined)

    def neighbours(self, core: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of rows that a question nearly asks for, most like first.

        They are neighbours of what is asked, such as `Phase 1 Trial` of `what is a phase 2 trial`.
        """
        alike = [
            key for noun in asked_nouns(core) for key in self._alike(_joined(noun), _NEIGHBOURS)
        ]
        return tuple(dict.fromkeys(self._joined[key].term or "" for key in alike))[:count]

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of the rows most like this one, however little they are."""
        near = process.extract(
            _joined(name), self._joined.keys(), scorer=fuzz.WRatio, limit=4 * count
        )
        found = dict.fromkeys(self._joined[key].term or "" for key, *_ in near)
        return tuple(found)[:count]

    def _asked_as_printed(self, core: str) -> Passage | None:
        """Return the row whose name stands in a question letter by letter."""
        found = self._written.findall(_folded(core))
        if len(found) != 1:
            return None
        nouns = asked_nouns(self._written.sub(_NAME, _folded(core)))
        return self._printed[found[0]] if _NAME in (noun.strip("\"' ") for noun in nouns) else None

    def _misspelt(self, said: Sequence[str], joined: str) -> Passage | None:
        if len(joined) < _SHORTEST:
            return None
        meant = (
            key
            for key in self._alike(joined, _LIKENESS)
            if is_misspelt(said, self._words[key], _known)
        )
        return next((self._joined[key] for key in meant), None)

    def _alike(self, joined: str, likeness: int) -> Iterator[str]:
        """Yield the joined names that are most like this one, best first."""
        near = process.extract(
            joined,
            self._joined.keys(),
            scorer=fuzz.ratio,
            score_cutoff=likeness,
            limit=_MOST_ALIKE,
        )
        yield from (key for key, *_ in near)


def explanations(row: Passage, finder: Finder) -> Iterator[Ranked]:
    """Yield the passages that explain a term at some length, those that emphasise it first."""
    printed = [frozenset(tokens(name)) for name in row.names[:2]]
    found = [
        one
        for one in finder.near(row.episode, " ".join(row.names[:2]))
        if one.passage.kind is Kind.SAID
        and len(one.passage.own.split()) >= _FEWEST_WORDS
        and any(name <= set(tokens(one.passage.own)) for name in printed)
    ]
    yield from sorted(found, key=lambda one: not _emphasises(one.passage, printed))


def _emphasises(passage: Passage, names: Sequence[frozenset[str]]) -> bool:
    phrases = _EMPHASISED.findall(passage.episode.text, passage.span.start, passage.span.end)
    return any(name <= set(tokens(phrase)) for phrase in phrases for name in names)


def _names(row: Passage) -> Iterator[str]:
    """Yield a row's names: the cell as it is printed, then each name by itself."""
    yield row.own.removesuffix(f": {row.episode.words(row.span)}")
    yield from row.names


def _known(word: str) -> bool:
    """Whether it is a word of general English: "retraining" is not "pretraining" misspelt."""
    return word in english()


def _folded(name: str) -> str:
    """Return a name without case, with single spaces and straight quotes."""
    text = unicodedata.normalize("NFC", name).casefold().replace("’", "'")
    return " ".join(text.split())


def _joined(name: str) -> str:
    """Return the letters, digits and symbols of a name: `Fine-tuning` is `finetuning`."""
    return "".join((*words(name), *_SYMBOLS.findall(name)))
