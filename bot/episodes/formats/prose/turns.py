"""Turns of prose: its lines one after another, each continuing a paragraph or beginning another."""

import re
from collections.abc import Iterable, Sequence

from bot.episodes.emphasis import plain
from bot.episodes.formats.model import Cue, Heading, Speech
from bot.episodes.formats.names.people import Fate
from bot.episodes.formats.prose.cuts import Cut
from bot.episodes.formats.prose.labels import Labels
from bot.episodes.formats.prose.lines import Kind, Line
from bot.episodes.formats.prose.openings import Opening, opening
from bot.episodes.formats.prose.paragraphs import paragraphs
from bot.episodes.model import Span

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_WORD = re.compile(r"\w")
# Below such a heading stands what nobody says, until the next turn.
_NOTES = re.compile(
    r"(?:show|episode)? ?notes|links?\b.*|(?:further )?reading|resources|references|sponsors?"
    r"|credits|chapters|time ?stamps|about\b.*|comments|related\b.*|subscribe\b.*",
    re.IGNORECASE,
)


class Turns:
    """Collects what is said, by whom and when, from the lines of a file in order.

    `times` are cues without words, one for each time in the file, with their offsets in `marks`.
    """

    def __init__(self, text: str, labels: Labels, cuts: Sequence[Cut], *, bare: bool) -> None:
        self.speeches: list[Speech] = []
        self.headings: list[Heading] = []
        self.times: list[Cue] = []
        self.marks: list[int] = []
        self._text, self._labels, self._bare = text, labels, bare
        self._cuts, self._cut = cuts, 0
        self._speaker: str | None = None
        self._label: Span | None = None
        self._said: list[Span] = []
        self._open: Span | None = None
        self._notes = False  # below a heading such as `Links`
        self._aside = False  # in a list, or in what a sponsor says

    @property
    def paragraphs(self) -> list[Span]:
        """Return the paragraphs of all that is said."""
        return [span for speech in self.speeches for span in speech.paragraphs]

    def read(self, lines: Iterable[Line]) -> None:
        """Take the lines from the first turn on, to the last."""
        for line in lines:
            self._take(line)
        self._begin(None, None)

    def head(self, line: Line) -> None:
        """Note a heading, and that a part of the episode begins."""
        span, title = heading(self._text, line)
        self._begin(self._speaker, None)
        self._notes = _NOTES.fullmatch(title) is not None
        self.headings.append(Heading(title, span))

    def _take(self, line: Line) -> None:
        if line.blank:
            self._close()
            self._aside = False
        if line.kind is Kind.HEADING:
            self.head(line)
        elif line.kind is Kind.ASIDE:
            self._close()
        elif line.kind is Kind.ITEM and self._open is None:
            self._aside = True
        else:
            start = self._opened(line, line.opening) if line.opening else line.start
            self._pieces(start, line)

    def _opened(self, line: Line, found: Opening) -> int:
        """Begin what a line begins; return where its words do."""
        verdict = self._labels.verdict(found)
        if verdict.fate is not Fate.WORDS or self._labels.interlude(found):
            self._begin(verdict.name, found.label if verdict.name else None)
            self._notes, self._aside = False, self._labels.interlude(found)
            self._time(found.time, line)
            return found.rest
        if found.lead == line.start or (found.bare and not self._bare):
            return line.start
        self._close()
        self._time(found.time, line)
        return found.lead

    def _pieces(self, start: int, line: Line) -> None:
        """Add the words of a line, without what is cut out of it."""
        while self._cut < len(self._cuts) and self._cuts[self._cut].start < line.end:
            cut = self._cuts[self._cut]
            self._cut += 1
            if cut.start < start:
                start = start if cut.label else max(start, cut.end)
            elif not cut.label:
                self._add(start, cut.start)
                self._close()
                self._time(cut.time, line, cut.start)
                start = cut.end
            elif begun := self._second(cut, line):
                self._add(start, cut.start)
                self._begin(*begun[:2])
                start = begun[2]
        self._add(start, line.end)

    def _second(self, cut: Cut, line: Line) -> tuple[str, Span | None, int] | None:
        """Return who begins to speak in the middle of a line, if it is somebody who is named."""
        found = opening(self._text, cut.start, line.end)
        verdict = self._labels.verdict(found) if found else None
        if found is None or verdict is None or verdict.name is None or not found.colon:
            return None
        return verdict.name, found.label, found.rest

    def _time(self, time: int | None, line: Line, at: int | None = None) -> None:
        if time is not None:
            self.marks.append(line.start if at is None else at)
            self.times.append(Cue("", start=time, line=line.number))

    def _begin(self, speaker: str | None, label: Span | None) -> None:
        """End the turn, and begin another."""
        self._close()
        if self._said:
            self.speeches.append(Speech(self._speaker, tuple(self._said), self._label))
        self._speaker, self._label, self._said = speaker, label, []

    def _add(self, start: int, end: int) -> None:
        words = self._text[start:end]
        if self._notes or self._aside or not words.strip():
            return
        begin = self._open.start if self._open else end - len(words.lstrip())
        self._open = Span(begin, start + len(words.rstrip()))

    def _close(self) -> None:
        """End the paragraph; marks without a word are none."""
        if self._open and _WORD.search(self._text, self._open.start, self._open.end):
            self._said.extend(paragraphs(self._text, self._open))
        self._open = None


def heading(text: str, line: Line) -> tuple[Span, str]:
    """Return where the words of a heading stand, and its title, without links and emphasis."""
    words = text[line.start : line.end]
    start = line.end - len(words.lstrip("#").lstrip())
    end = line.start + len(words.rstrip("#").rstrip())
    span = Span(start, max(start, end))
    return span, plain(_LINK.sub(r"\1", text[span.start : span.end]).replace("`", ""))
