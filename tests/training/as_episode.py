"""Real transcripts as episodes of the bot's own form, with the places of the questions in them."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.episodes import Episode, Host, Segment, Span, Turn
from tests.training.transcripts import Turn as Spoken
from tests.training.transcripts import Word, read_turns

_PARAGRAPH_WORDS = 110
_ENDS = (".", "?", "!", "…", '."', '?"')


@dataclass(frozen=True)
class Converted:
    """An episode, and where each word of the transcript stands in both texts."""

    episode: Episode
    sources: list[int]
    source_ends: list[int]
    places: list[int]
    place_ends: list[int]

    def place(self, gold: Sequence[int]) -> tuple[int, int]:
        """Return where in the episode a place of the transcript stands."""
        first = bisect_right(self.sources, gold[0]) - 1
        last = bisect_left(self.source_ends, gold[1])
        return self.places[first], self.place_ends[min(last, len(self.place_ends) - 1)]


def converted(path: Path, number: int = 1) -> Converted:
    """Read a transcript; long turns are parted into paragraphs at sentences."""
    text, turns, words = "Transcript\n\n", [], []
    for spoken in read_turns(path):
        name = spoken.speaker or ""
        label, paragraphs = Span(len(text), len(text) + len(name)), []
        text += f"{name}: " if name else ""
        for paragraph in _paragraphs(spoken):
            start = len(text)
            for word in paragraph:
                words.append((word.start, word.end, len(text), len(text) + len(word.text)))
                text += f"{word.text} "
            paragraphs.append(Span(start, len(text) - 1))
            text += "\n"
        turns.append(Turn(label, name, 0, tuple(paragraphs)))
    episode = _episode(path, number, text, turns)
    return Converted(episode, *(list(part) for part in zip(*words, strict=True)))


def _episode(path: Path, number: int, text: str, turns: Sequence[Turn]) -> Episode:
    title = Span(0, len("Transcript"))
    names = dict.fromkeys(turn.speaker or "" for turn in turns)
    return Episode(
        slug=path.name,
        number=number,
        title=path.stem,
        show=path.parent.name,
        source=path.name,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
        titles=(title,),
        hosts=tuple(Host(name, "") for name in names),
        hosts_line=title,
        duration=title,
        segments=(Segment("Transcript", None, title),),
        turns=tuple(turns),
        directions=(),
        takeaways=(),
        sheet=None,
        terms=(),
        closing=None,
    )


def _paragraphs(spoken: Spoken) -> Iterator[list[Word]]:
    paragraph: list[Word] = []
    for word in spoken.words:
        paragraph.append(word)
        over = len(paragraph) - _PARAGRAPH_WORDS
        if (over >= 0 and word.text.endswith(_ENDS)) or over >= _PARAGRAPH_WORDS // 2:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph
