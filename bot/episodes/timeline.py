"""When and on which line of its file an episode says what it says: a table, a row a cue."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from struct import Struct
from typing import NamedTuple

from bot.episodes.span import Span

_ROW, _START = Struct("<5i"), Struct("<i")
_NEVER = -1  # of a time that nothing says


class Moment(NamedTuple):
    """A row: characters `start` to `end` of the text, said from `since` until `until`.

    Times are milliseconds, None where nothing says them. `line` is the line of the file, in JSON
    the number of the segment, from 1.
    """

    start: int
    end: int
    since: int | None
    until: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rows in the order of the text, packed: an hour has about 800, in 16 kB."""

    packed: bytes = b""

    @classmethod
    def of(cls, moments: Iterable[Moment]) -> "Timeline":
        """Return the timeline of some rows, which stand in the order of the text."""
        return cls(
            b"".join(
                _ROW.pack(one.start, one.end, _packed(one.since), _packed(one.until), one.line)
                for one in moments
            )
        )

    def __iter__(self) -> Iterator[Moment]:
        return (self[at] for at in range(len(self)))

    def __len__(self) -> int:
        return len(self.packed) // _ROW.size

    def __getitem__(self, at: int) -> Moment:
        start, end, since, until, line = _ROW.unpack_from(self.packed, at * _ROW.size)
        return Moment(start, end, _unpacked(since), _unpacked(until), line)

    def at(self, span: Span) -> Moment | None:
        """Return when a span is said, and the line it begins on; None without a row there.

        It begins when the row begins that holds its first character, and ends with the last row.
        """
        first = bisect_right(range(len(self)), span.start, key=self._start) - 1
        if first < 0:
            return None
        last = bisect_right(range(len(self)), span.end - 1, key=self._start) - 1
        begin = self[first]
        return begin._replace(start=span.start, end=span.end, until=self[max(first, last)].until)

    def _start(self, at: int) -> int:
        """Return where a row begins, without the rest of it."""
        start: int = _START.unpack_from(self.packed, at * _ROW.size)[0]
        return start


NO_TIMELINE = Timeline()


def _packed(time: int | None) -> int:
    return _NEVER if time is None else time


def _unpacked(time: int) -> int | None:
    return None if time == _NEVER else time
