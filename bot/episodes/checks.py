"""What must hold of a whole episode, beyond each line being readable."""

import re
from collections.abc import Iterator

from bot.episodes.model import Episode, Span

_SEGMENT = re.compile(r"SEGMENT (?P<number>\d+): \S.*")
_MINUTES = re.compile(r"\([^()]*\bmin", re.IGNORECASE)
# Marks that open or close emphasis; a lone asterisk between spaces is a plain character.
_MARK = re.compile(r"\*+(?=[^\s*])|(?<=[^\s*])\*+")


def inconsistencies(episode: Episode) -> Iterator[tuple[int, str]]:
    """Where an episode contradicts itself: the offset in its text, and what is wrong."""
    yield from _segments(episode)
    yield from _turns(episode)
    yield from _takeaways(episode)
    if episode.sheet and not episode.terms:
        yield episode.sheet.start, "the reference sheet has no rows"


def _segments(episode: Episode) -> Iterator[tuple[int, str]]:
    due = 1
    heard = {turn.segment for turn in episode.turns}
    for position, segment in enumerate(episode.segments):
        found = _SEGMENT.fullmatch(segment.title)
        if segment.title.upper().startswith("SEGMENT") and not found:
            yield segment.span.start, "a segment is written `### SEGMENT 1: TITLE (15 minutes)`"
        if segment.minutes is None and (found or _MINUTES.search(segment.title)):
            yield segment.span.start, "its minutes are missing; they are written `(15 minutes)`"
        if found and int(found["number"]) != due:
            yield segment.span.start, f"segment {found['number']} stands where {due} is due"
        due += found is not None
        if position not in heard:
            yield segment.span.start, "nobody speaks in this segment"


def _turns(episode: Episode) -> Iterator[tuple[int, str]]:
    labels = "|".join(re.escape(host.name.split(maxsplit=1)[0].upper()) for host in episode.hosts)
    label = re.compile(rf"\W*(?:{labels})\b\W*:|\*\*(?:{labels})\b")
    for turn in episode.turns:
        if not turn.paragraphs:
            yield turn.label.start, f"{turn.speaker} says nothing here"
        for span in turn.paragraphs:
            if label.match(episode.text, span.start, span.end):
                yield span.start, "looks like a turn; one is written `**NAME:** words`"
            if _unbalanced(episode, span):
                yield span.start, "emphasis is opened and not closed, or closed and not opened"


def _unbalanced(episode: Episode, span: Span) -> bool:
    marks = _MARK.findall(episode.text[span.start : span.end])
    return any(sum(len(mark) == width for mark in marks) % 2 for width in (1, 2, 3))


def _takeaways(episode: Episode) -> Iterator[tuple[int, str]]:
    for due, takeaway in enumerate(episode.takeaways, start=1):
        if takeaway.number != due:
            yield takeaway.span.start, f"takeaway {takeaway.number} stands where {due} is due"
