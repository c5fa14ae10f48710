"""What must hold of a whole episode, beyond each line being readable."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.episodes.emphasis import marks
from bot.episodes.model import Episode, Span

_SEGMENT = re.compile(r"SEGMENT (?P<number>[0-9]{1,3}): \S.*")
_MINUTES = re.compile(r"\([^()]*\bmin", re.IGNORECASE)
# Control characters, a byte-order mark in mid-file, and U+FFFD, which some program wrote where it
# could not read a character.
_DAMAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffd]")
# Markdown that a quote would show as it is written.
_MARKUP = {
    re.compile(r"<!--|-->"): "a comment",
    re.compile(r"\]\("): "a link",
    re.compile(r"\\[*_]"): "a backslash before an emphasis mark",
}


def inconsistencies(episode: Episode) -> Iterator[tuple[int, str]]:
    """Where an episode contradicts itself: the offset in its text, and what is wrong."""
    yield from _damage(episode)
    yield from _segments(episode)
    yield from _turns(episode)
    yield from _takeaways(episode)
    yield from _markup(episode)
    if episode.sheet and not episode.terms:
        yield episode.sheet.start, "the reference sheet has no rows"


def _damage(episode: Episode) -> Iterator[tuple[int, str]]:
    for found in _DAMAGE.finditer(episode.text, 1):  # a byte-order mark may stand at 0
        yield found.start(), f"a damaged character, U+{ord(found[0]):04X}"


def _segments(episode: Episode) -> Iterator[tuple[int, str]]:
    due = 1
    heard = {turn.segment for turn in episode.turns}
    for position, segment in enumerate(episode.segments):
        found = _SEGMENT.fullmatch(segment.title)
        numbered = segment.title.upper().startswith("SEGMENT")
        if numbered and not found:
            yield segment.span.start, "a segment is written `### SEGMENT 1: TITLE (15 minutes)`"
        if segment.minutes is None and (found or _MINUTES.search(segment.title)):
            yield segment.span.start, "its minutes are missing; they are written `(15 minutes)`"
        number = int(found["number"]) if found else due
        if number != due:
            yield segment.span.start, f"segment {number} stands where segment {due} is due"
        due = number + numbered
        if position not in heard:
            yield segment.span.start, "nobody speaks in this segment"


def _turns(episode: Episode) -> Iterator[tuple[int, str]]:
    for turn in episode.turns:
        if not turn.paragraphs and turn.label:
            yield turn.label.start, f"{turn.speaker} says nothing here"


def _takeaways(episode: Episode) -> Iterator[tuple[int, str]]:
    due = 1
    for takeaway in episode.takeaways:
        if takeaway.number != due:
            what = f"takeaway {takeaway.number} stands where takeaway {due} is due"
            yield takeaway.span.start, what
        due = takeaway.number + 1


def _markup(episode: Episode) -> Iterator[tuple[int, str]]:
    for span in _quotable(episode):
        words = episode.text[span.start : span.end]
        if any(count % 2 for count in Counter(marks(words)).values()):
            yield span.start, "emphasis is opened and not closed, or closed and not opened"
        for pattern, name in _MARKUP.items():
            if found := pattern.search(words):
                yield span.start + found.start(), f"{name} is not read here; write words alone"


def _quotable(episode: Episode) -> Iterator[Span]:
    yield from episode.titles
    yield from (segment.span for segment in episode.segments)
    for turn in episode.turns:
        yield from turn.paragraphs
    for term in episode.terms:
        yield from (term.cell, term.definition)
    yield from filter(None, [episode.closing])
