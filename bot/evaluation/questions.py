"""Question files: what is asked, whether the episode answers it, and with which words."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from bot.episodes import plain
from bot.errors import Fault, UnreadableError
from bot.files.yaml_reader import read_yaml


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    question: str
    answerable: bool
    kind: str = "followup"
    gold: tuple[str, ...] = ()
    lines: tuple[Annotated[str, msgspec.Meta(pattern=r"^.+:[1-9]\d*$")], ...] = ()
    history: tuple[str, ...] = ()
    segment: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Check that gold and `answerable` agree; msgspec tells a ValueError as a misfit."""
        if self.answerable != bool(self.gold or self.lines):
            raise ValueError("has gold if and only if answerable is true")


class Shown(NamedTuple):
    """What was quoted, and where it begins: `FILE:LINE`, or empty."""

    text: str
    place: str = ""


NOTHING = Shown("")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an evaluation file.

    A quote that contains any one of `gold`, or begins on one of the `lines`, each `FILE:LINE`,
    answers it; a question without any is one that no episode answers. `history` are the earlier
    questions of its thread, oldest first.
    """

    id: str
    kind: str
    text: str
    gold: tuple[str, ...]
    history: tuple[str, ...]
    lines: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the episode answers it."""
        return bool(self.gold or self.lines)

    def answered_by(self, quote: Shown) -> bool:
        """Whether a quote answers it."""
        said = unicodedata.normalize("NFC", quote.text)
        return quote.place in self.lines or any(gold in said for gold in self.gold)


def read_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions in a file.

    Raises:
        UnreadableError: it is no YAML list of questions; names the lines.
    """
    entries = read_yaml(path, tuple[_Entry, ...])
    if not entries:
        raise UnreadableError(Fault(str(path), 1, "holds no question"))
    return tuple(
        Question(
            entry.id,
            entry.kind,
            entry.question,
            tuple(map(plain, entry.gold)),
            entry.history,
            entry.lines,
        )
        for entry in entries
    )
