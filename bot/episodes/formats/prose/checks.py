"""What is too large to be a transcript, what is none, and what looks damaged."""

import re
from collections.abc import Iterator, Sequence

from bot.episodes.formats.decoding import check_lines
from bot.episodes.formats.refusal import refuse
from bot.episodes.model import Span
from bot.errors import Fault
from bot.files.text import line_of

# Characters. An hour of talk has 60,000: this is two days of it, which are read within 2 s.
LONGEST = 3_000_000
# The longest of 136 real files has 1,100; a line every four seconds of two days would be 43,000.
MOST_LINES = 50_000

# Words without a single label: fewer are a summary of the episode, or a note.
_LEAST_PROSE = 300
_LEAST_TIMED = 100
# Letters on end. Only long technical terms of German come near; in a damaged file most do.
_GLUED = re.compile(r"[A-Za-zÀ-ɏ]{35,}")
_DAMAGED = 0.1


def check_size(text: str, path: str) -> None:
    """Refuse a file that is larger than a transcript can be.

    Raises:
        UnreadableError: it is; names the limit.
    """
    if len(text) > LONGEST:
        refuse(path, 1, f"holds {len(text):,} characters; the limit is {LONGEST:,}")
    check_lines(text, path, MOST_LINES)


def check_words(count: int, path: str, *, labelled: bool, timed: bool) -> None:
    """Refuse what is no transcript: an index page, a summary.

    Args:
        count: how many words are said.
        path: the name that faults give.
        labelled: whether labels open turns.
        timed: whether there are times.

    Raises:
        UnreadableError: it is none.
    """
    if not count and labelled:
        refuse(path, 1, "names speakers, but holds no words of theirs")
    if not count:
        refuse(path, 1, "is no transcript: an index page or notes, without words that are said")
    if not labelled and count < (_LEAST_TIMED if timed else _LEAST_PROSE):
        refuse(path, 1, f"is no transcript: {count} words, and no turn of anybody's")


def damage(text: str, path: str, spans: Sequence[Span]) -> Iterator[Fault]:
    """Yield a warning where words stand without blanks between them."""
    glued = [found for span in spans for found in _GLUED.finditer(text, span.start, span.end)]
    letters = sum(found.end() - found.start() for found in glued)
    if letters > _DAMAGED * sum(span.end - span.start for span in spans):
        line = line_of(text, glued[0].start())
        yield Fault(path, line, "looks damaged: words without blanks between them")
