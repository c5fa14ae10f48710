"""Where along an episode, from its beginning to its end, its words stand. Pure."""

from dataclasses import dataclass
from typing import Self

from bot.episodes import Episode, Span


@dataclass(frozen=True, slots=True)
class Axis:
    """An episode from 0 to 1: by the time of its recording, or by the characters of its text.

    `milliseconds` is how long the recording is, None where the transcript does not say for every
    line when it is said: then characters count.
    """

    episode: Episode
    milliseconds: int | None

    @classmethod
    def of(cls, episode: Episode) -> Self:
        """Return the axis of an episode."""
        rows = list(episode.timeline)
        ends = [row.until or row.since for row in rows if row.since is not None]
        timed = len(ends) == len(rows)
        return cls(episode, max(filter(None, ends), default=None) if timed else None)

    def share(self, span: Span) -> tuple[float, float]:
        """Return from where to where a span of the text reaches, each from 0 to 1."""
        row = self.episode.timeline.at(span) if self.milliseconds else None
        if row is None or row.since is None or self.milliseconds is None:
            length = max(1, len(self.episode.text))
            return span.start / length, span.end / length
        ends = row.since if row.until is None else row.until
        begin, end = row.since / self.milliseconds, ends / self.milliseconds
        return min(begin, 1.0), min(max(begin, end), 1.0)

    def time(self, span: Span) -> int | None:
        """Return when a span begins to be said, in milliseconds; None without times."""
        row = self.episode.timeline.at(span) if self.milliseconds else None
        return row and row.since

    def time_at(self, share: float) -> int | None:
        """Return the time at a place from 0 to 1, in milliseconds; None without times."""
        return None if self.milliseconds is None else round(share * self.milliseconds)
