"""Plain text and Markdown as the world writes transcripts: the file is the text, word for word."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.episodes.formats.clock import plausible
from bot.episodes.formats.decoding import line_starts
from bot.episodes.formats.model import Known, Row, Said, Speech, Transcript
from bot.episodes.formats.prose import checks
from bot.episodes.formats.prose.cuts import cuts
from bot.episodes.formats.prose.front_matter import front_matter
from bot.episodes.formats.prose.labels import Labels
from bot.episodes.formats.prose.lines import Kind, Line, lines
from bot.episodes.formats.prose.turns import Turns, heading
from bot.episodes.formats.refusal import refuse
from bot.episodes.house.lines import BYTE_ORDER_MARK
from bot.errors import Fault

# Times at the beginning of lines: two may be a part of a sentence that was wrapped there.
_LEAST_TIMES = 3
# Milliseconds: a transcript begins with the recording, what stands above its first time does not.
_FIRST_MINUTE = 60_000
# Characters. The longest notes of 136 real files have 500: where this much and more than half of
# the file stands above the first label, the words before its colon were no speaker's.
_LONGEST_NOTES = 5_000
# Characters, some ten minutes of talk: farther from a time, it does not tell when words were said.
_FAR = 10_000
# One for each line; the most in one of those files are 600, with the labels.
_MOST_MARKS = checks.MOST_LINES
_MARKDOWN = re.compile(r"\.(?:md|markdown|mdx?)\Z", re.IGNORECASE)


def read_prose(text: str, path: str, known: Known) -> Transcript:
    """Read plain text, or Markdown other than the house's own form.

    Args:
        text: the decoded file; every span of what is returned counts its characters.
        path: the name that faults give.
        known: what is known of the people.

    Raises:
        UnreadableError: it is no transcript, or larger than any.
    """
    checks.check_size(text, path)
    front = front_matter(text, path)
    start = max(front.end, len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0)
    people = (*known.people, *front.said.people)
    turns, said = _turns(text, start, path, replace(known, people=people), front.said)
    return _transcript(text, path, turns, said, front.warnings)


def _turns(text: str, start: int, path: str, known: Known, said: Said) -> tuple[Turns, Said]:
    """Return what is said from an offset on, and what the file says of itself."""
    places = cuts(text, start)
    if len(places) > _MOST_MARKS:
        refuse(path, 1, f"holds {len(places):,} marks in its lines; the limit is {_MOST_MARKS:,}")
    found = list(lines(text, start, places))
    labels = Labels(text, found, known, path)
    turns = Turns(text, labels, places, bare=_bare_times(found))
    first = labels.first(found)
    begin = _beginning(text, found)
    if first is not None and found[first].start - start <= max(_LONGEST_NOTES, len(text) // 2):
        begin = first
    above = [line for line in found[:begin] if line.kind is Kind.HEADING]
    if not said.title and above and text.startswith("# ", above[0].start):
        said = replace(said, title=heading(text, above.pop(0))[1])
    for line in above:
        turns.head(line)
    turns.read(found[begin:])
    count = sum(len(text[span.start : span.end].split()) for span in turns.paragraphs)
    timed = len(turns.times) >= _LEAST_TIMES
    checks.check_words(count, path, labelled=first is not None, timed=timed)
    return turns, said


def _transcript(
    text: str, path: str, turns: Turns, said: Said, warnings: Sequence[Fault]
) -> Transcript:
    times, wrong = plausible(turns.times, path)
    known = [(at, cue.start) for at, cue in zip(turns.marks, times, strict=True)]
    return Transcript(
        format="Markdown" if _MARKDOWN.search(path) else "plain text",
        text=text,
        speeches=tuple(turns.speeches),
        rows=tuple(_rows(text, turns.speeches, known)),
        said=said,
        headings=tuple(turns.headings),
        warnings=(*warnings, *wrong, *checks.damage(text, path, turns.paragraphs)),
    )


def _rows(
    text: str, speeches: Sequence[Speech], times: Sequence[tuple[int, int | None]]
) -> Iterator[Row]:
    """Yield a row for each paragraph: it begins at or after `start`, and ends at or before `end`.

    Args:
        text: the file.
        speeches: what is said.
        times: the offset of every mark of time, and its milliseconds, None where it cannot be true.
    """
    starts = line_starts(text)
    known = [(at, time) for at, time in times if time is not None]
    places = [at for at, _ in known]
    for speech in speeches:
        for span in speech.paragraphs:
            after = bisect_right(places, span.start)
            near = after and span.start - places[after - 1] <= _FAR
            start = known[after - 1][1] if near else None
            end = known[after][1] if near and after < len(known) else None
            yield Row(span, start, end, bisect_right(starts, span.start), speech.speaker)


def _beginning(text: str, found: Sequence[Line]) -> int:
    """Return the line that a transcript without labels begins on."""
    for at, line in enumerate(found):
        if line.kind is Kind.HEADING and heading(text, line)[1].casefold() == "transcript":
            return at + 1
    timed = ((at, line.opening.time) for at, line in enumerate(found) if line.opening)
    at, time = next(((at, time) for at, time in timed if time is not None), (0, 0))
    return at if time < _FIRST_MINUTE else 0


def _bare_times(found: Sequence[Line]) -> bool:
    """Whether times without brackets at the beginning of lines are times of the recording."""
    return sum(line.opening is not None and line.opening.bare for line in found) >= _LEAST_TIMES
