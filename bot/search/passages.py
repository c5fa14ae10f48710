"""Passages: the pieces of an episode that can be found and quoted, each with its context."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from bot.episodes import Episode, Span, Term, Turn
from bot.episodes.sentences import sentences

# Chosen by hand: of the turns of episode 2, one host ends .67 with a question and the other .01.
_ASKS_OFTEN = 0.3
# What "it" is mostly stands in the sentence or two before. So many characters hold as many words,
# unless they are very long ones.
BEFORE_WORDS, _BEFORE_CHARACTERS = 30, 400


class Kind(Enum):
    """What a passage is made of: a paragraph that tells, one that asks, a sheet row."""

    SAID = "said"
    ASKED = "asked"
    TERM = "term"


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph of a turn, or the definition in a row of the reference sheet.

    `turn` and `paragraph` count from 0; of a row `turn` is -1, and `paragraph` its place in the
    sheet. What it holds is read from the episode when it is looked at: of a thousand episodes, few
    passages ever are. Speaker labels stand in none of its words.
    """

    episode: Episode
    kind: Kind
    turn: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return self._term.definition if self._term else self._turn.paragraphs[self.paragraph]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Return its spans to quote from; a row is one."""
        return (self.span,) if self._term else sentences(self.episode.text, self.span)

    @property
    def speaker(self) -> str | None:
        """Return who says it; None where nobody does, or the transcript does not say."""
        return None if self._term else self._turn.speaker

    @property
    def segment(self) -> str:
        """Return the heading that it stands below."""
        if self._term:
            return self.episode.words(self.episode.sheet) if self.episode.sheet else ""
        return self.episode.segments[self._turn.segment].title

    @property
    def asked(self) -> Turn | None:
        """Return the turn that led to it: the one before, in its segment, by somebody else."""
        if self.turn <= 0:
            return None
        before = self.episode.turns[self.turn - 1]
        same = self.speaker is not None and before.speaker == self.speaker
        apart = same or before.segment != self._turn.segment
        return None if apart or not before.paragraphs else before

    @cached_property
    def own(self) -> str:
        """Return its words; a row begins with its term."""
        words = self.episode.words(self.span)
        return f"{self.episode.words(self._term.cell)}: {words}" if self._term else words

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the term of a row."""
        return self._term.names if self._term else ()

    @property
    def term(self) -> str | None:
        """Return the name of the term of a row."""
        return self._term.name if self._term else None

    @property
    def context(self) -> str:
        """Return words that tell what it is about: heading, question, opening of its turn."""
        if self._term:
            return ", ".join(self.names[1:])
        opening = [self._turn.paragraphs[0]] if self.paragraph else []
        question = self.asked.paragraphs if self.asked else ()
        return " ".join([self.segment, *map(self.episode.words, (*question, *opening))])

    def before(self, at: int) -> str:
        """Return the last words before a place in it, of it and the paragraph before in its turn.

        Nothing stands before a row of the sheet.
        """
        if self._term:
            return ""
        near = self._turn.paragraphs[max(self.paragraph - 1, 0) : self.paragraph + 1]
        start = max(near[0].start, at - _BEFORE_CHARACTERS)
        spans = (Span(max(one.start, start), min(one.end, at)) for one in near)
        words = " ".join(self.episode.words(one) for one in spans if one.start < one.end).split()
        return " ".join(words[-BEFORE_WORDS:])

    @property
    def scored(self) -> str:
        """Return its words with what tells what it is about."""
        return f"{self.context} {self.own}"

    @property
    def _term(self) -> Term | None:
        return self.episode.terms[self.paragraph] if self.kind is Kind.TERM else None

    @property
    def _turn(self) -> Turn:
        return self.episode.turns[self.turn]


def passages(episode: Episode) -> tuple[Passage, ...]:
    """Return every paragraph of every turn, in order, then every row of the reference sheet."""
    askers = _askers(episode)
    told = (
        Passage(episode, _kind(episode, turn.speaker, span, askers), position, paragraph)
        for position, turn in enumerate(episode.turns)
        for paragraph, span in enumerate(turn.paragraphs)
    )
    rows = (Passage(episode, Kind.TERM, -1, place) for place in range(len(episode.terms)))
    return (*told, *rows)


def _kind(episode: Episode, speaker: str | None, span: Span, askers: frozenset[str | None]) -> Kind:
    return Kind.ASKED if speaker in askers and _asks(episode.words(span)) else Kind.SAID


def _askers(episode: Episode) -> frozenset[str | None]:
    """Return the speakers of whose turns so many are questions that they lead the conversation.

    A question of anybody else is part of what they tell: "What does 'it' refer to?"
    """
    turns: dict[str | None, list[bool]] = {}
    for turn in episode.turns:
        if turn.speaker and turn.paragraphs:
            turns.setdefault(turn.speaker, []).append(_asks(episode.words(turn.paragraphs[-1])))
    return frozenset(
        speaker for speaker, asks in turns.items() if sum(asks) >= _ASKS_OFTEN * len(asks)
    )


def _asks(words: str) -> bool:
    return words.rstrip("\"')”’").endswith("?")
