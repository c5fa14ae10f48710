"""Passages: the pieces of an episode that can be found and quoted, each with its context."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.episodes import Episode, Span, Turn
from bot.episodes.sentences import sentences

# Chosen by hand: of the turns of episode 2, one host ends .67 with a question and the other .01.
_ASKS_OFTEN = 0.3


class Kind(Enum):
    """What a passage is made of: a paragraph that tells, one that asks, a sheet row."""

    SAID = "said"
    ASKED = "asked"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a turn, or the definition in a row of the reference sheet.

    `turn` and `paragraph` count from 0 (-1 for a row of the sheet). `sentences` are its spans to
    quote from. `asked` is the turn that led to it: the nearest one before it by somebody else.
    `own` are its words, `context` the words that help to find it: heading, question, and the
    opening of the turn that it continues; `names` are those of the term of a row. Speaker labels
    stand in none of them.
    """

    episode: Episode
    kind: Kind
    span: Span
    sentences: tuple[Span, ...]
    speaker: str | None
    segment: str
    own: str
    context: str = ""
    names: tuple[str, ...] = ()
    turn: int = -1
    paragraph: int = 0
    asked: Turn | None = None
    term: str | None = None

    @property
    def scored(self) -> str:
        """What the index reads."""
        return f"{self.context} {self.own}"


def passages(episode: Episode) -> tuple[Passage, ...]:
    """Every paragraph of every turn, in order, then every row of the reference sheet."""
    return (*_turns(episode), *_terms(episode))


def _turns(episode: Episode) -> Iterator[Passage]:
    askers = _askers(episode)
    for position, turn in enumerate(episode.turns):
        asked = episode.turns[position - 1] if position else None
        if asked and (asked.speaker == turn.speaker or asked.segment != turn.segment):
            asked = None
        for paragraph in range(len(turn.paragraphs)):
            yield _paragraph(episode, position, paragraph, asked, askers)


def _paragraph(
    episode: Episode, position: int, paragraph: int, asked: Turn | None, askers: frozenset[str]
) -> Passage:
    turn = episode.turns[position]
    span = turn.paragraphs[paragraph]
    segment = episode.segments[turn.segment]
    own = episode.words(span)
    opening = [episode.words(turn.paragraphs[0])] if paragraph else []
    question = [episode.words(words) for words in asked.paragraphs] if asked else []
    return Passage(
        episode=episode,
        kind=Kind.ASKED if turn.speaker in askers and _asks(own) else Kind.SAID,
        span=span,
        sentences=sentences(episode.text, span),
        speaker=turn.speaker,
        segment=segment.title,
        own=own,
        context=" ".join([segment.title, *question, *opening]),
        turn=position,
        paragraph=paragraph,
        asked=asked,
    )


def _askers(episode: Episode) -> frozenset[str]:
    """Return the speakers of whose turns so many are questions that they lead the conversation.

    A question of anybody else is part of what they tell: "What does 'it' refer to?"
    """
    turns: dict[str, list[bool]] = {}
    for turn in episode.turns:
        turns.setdefault(turn.speaker, []).append(_asks(episode.words(turn.paragraphs[-1])))
    return frozenset(
        speaker for speaker, asks in turns.items() if sum(asks) >= _ASKS_OFTEN * len(asks)
    )


def _asks(words: str) -> bool:
    return words.rstrip("\"')”’").endswith("?")


def _terms(episode: Episode) -> Iterator[Passage]:
    heading = episode.words(episode.sheet) if episode.sheet else ""
    for term in episode.terms:
        yield Passage(
            episode=episode,
            kind=Kind.TERM,
            span=term.definition,
            sentences=(term.definition,),
            speaker=None,
            segment=heading,
            own=f"{episode.words(term.cell)}: {episode.words(term.definition)}",
            context=", ".join(term.names[1:]),
            names=term.names,
            term=term.name,
        )
