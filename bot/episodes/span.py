"""The one way in which a place in an episode's text is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of an episode, in characters of its one text."""

    start: int
    end: int
