"""A segment of a transcript in JSON, under all the names that programs give its parts."""

from typing import Any

import msgspec

from bot.episodes.formats.clock import number


class Segment(msgspec.Struct, rename="camel"):
    """A segment as it is written: which names it has depends on the program."""

    body: str | float | None = None
    text: str | float | None = None
    transcript: str | None = None
    punctuated_word: str | None = msgspec.field(default=None, name="punctuated_word")
    word: str | float | None = None
    start_time: float | str | None = None
    start: float | str | None = None
    end_time: float | str | None = None
    end: float | str | None = None
    speaker: str | float | dict[str, Any] | None = None

    @property
    def words(self) -> str:
        """Return what is said, with its white space."""
        said = (self.body, self.text, self.transcript, self.punctuated_word, self.word)
        return next((_written(part) for part in said if part is not None), "")

    @property
    def who(self) -> str | None:
        """Return the label of who says it, None where there is none."""
        speaker = self.speaker
        if isinstance(speaker, dict):
            speaker = speaker.get("name")
        if not isinstance(speaker, str | int | float):
            return None
        return " ".join(_written(speaker).strip(" :").split()) or None

    @property
    def times(self) -> tuple[float | None, float | None]:
        """Return when it begins and ends, in the file's unit."""
        start = self.start if self.start_time is None else self.start_time
        end = self.end if self.end_time is None else self.end_time
        return number(start), number(end)


def _written(value: str | float) -> str:
    """Return a value as it is written: a whole number without a fraction."""
    return f"{value:g}" if isinstance(value, float) else str(value)
