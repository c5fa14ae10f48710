"""One text for an episode, from its cues: turns apart by a blank line, `Name: words`."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from bot.episodes.formats.breaks import breaks
from bot.episodes.formats.model import Cue, Row, Speech
from bot.episodes.model import Span

# Two characters as wide as what is between two turns; a paragraph's end takes the place of a blank.
_APART = "\n\n"


@dataclass(slots=True)
class Rendered:
    """A text, and what stands where in it."""

    text: str = ""
    speeches: list[Speech] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def render(cues: Sequence[Cue]) -> Rendered:
    """Return the text of cues whose speakers are settled.

    A cue without a speaker goes on with the one before, unless it stands apart: then it is said by
    nobody known. Words are joined by one blank within a turn; nothing is escaped or reordered. The
    span of a row holds its cue's words and nothing else, but for a paragraph that ends in them.
    """
    parts: list[str] = []
    rendered = Rendered()
    at = 0
    for speaker, turn in _turns(cues):
        text, speech, rows = _turn(speaker, turn, at)
        parts.append(text)
        rendered.speeches.append(speech)
        rendered.rows += rows
        at += len(text) + len(_APART)
    rendered.text = _APART.join(parts)
    return rendered


def _turns(cues: Sequence[Cue]) -> Iterator[tuple[str | None, list[Cue]]]:
    """Yield what each speaker says in one go."""
    turn: list[Cue] = []
    speaker: str | None = None
    for cue in cues:
        if turn and (
            (cue.speaker is not None and cue.speaker != speaker)
            or (cue.speaker is None and cue.apart)
        ):
            yield speaker, turn
            turn, speaker = [], None
        turn.append(cue)
        speaker = cue.speaker or speaker
    if turn:
        yield speaker, turn


def _turn(speaker: str | None, turn: Sequence[Cue], at: int) -> tuple[str, Speech, list[Row]]:
    """Return the text of a turn that begins at an offset, its paragraphs and its rows."""
    words = [" ".join(cue.words.split()) for cue in turn]
    joined = " ".join(words)
    ends = breaks(joined, turn, words, named=speaker is not None)
    label = f"{speaker}: " if speaker else ""
    first = at + len(label)

    def place(offset: int) -> int:
        """Return where an offset of the joined words comes to stand: a break is a blank wider."""
        return first + offset + bisect_left(ends, offset)

    edges = [0, *(end + 1 for end in ends), len(joined) + 1]
    pieces = [joined[start : stop - 1] for start, stop in pairwise(edges)]
    paragraphs = tuple(Span(place(start), place(stop - 1)) for start, stop in pairwise(edges))
    starts = [0, *accumulate(len(said) + 1 for said in words)]
    rows = [
        Row(Span(place(start), place(start + len(said))), cue.start, cue.end, cue.line, speaker)
        for cue, said, start in zip(turn, words, starts, strict=False)
    ]
    name = Span(at, at + len(speaker)) if speaker else None
    return label + _APART.join(pieces), Speech(speaker, paragraphs, name), rows
