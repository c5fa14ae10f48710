"""Question files: what is asked, whether the episode answers it, and with which words."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from bot.episodes import plain
from bot.errors import Fault, UnreadableError


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    question: str
    answerable: bool
    kind: str = "followup"
    gold: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    segment: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an evaluation file.

    A quote that contains any one of `gold` answers it; a question without any is one that the
    episode does not answer. `history` are the earlier questions of its thread, oldest first.
    """

    id: str
    kind: str
    text: str
    gold: tuple[str, ...]
    history: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the episode answers it."""
        return bool(self.gold)

    def answered_by(self, quote: str) -> bool:
        """Whether a quote answers it."""
        return any(gold in quote for gold in self.gold)


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions in a file.

    Raises:
        UnreadableError: it is no YAML list of questions; names the entry.
    """
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        entries = msgspec.convert(content, tuple[_Entry, ...])
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableError(Fault(str(path), 0, f"cannot be read: {error}")) from error
    except msgspec.ValidationError as error:
        raise UnreadableError(Fault(str(path), 0, f"is no list of questions: {error}")) from error
    wrong = [entry.id for entry in entries if entry.answerable != bool(entry.gold)]
    if wrong or not entries:
        what = f"gold stands where answerable is true: {', '.join(wrong)}" if wrong else "is empty"
        raise UnreadableError(Fault(str(path), 0, what))
    return tuple(
        Question(entry.id, entry.kind, entry.question, tuple(map(plain, entry.gold)), entry.history)
        for entry in entries
    )
