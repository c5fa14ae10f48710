"""Question files: what is asked, whether the episode answers it, and with which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.episodes import plain
from bot.errors import Fault, UnreadableError


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str = "followup"
    question: str
    answerable: bool
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
        entries = TypeAdapter(tuple[_Entry, ...]).validate_python(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableError(Fault(str(path), 0, f"cannot be read: {error}")) from error
    except ValidationError as error:
        raise UnreadableError(*_faults(path, error)) from error
    wrong = [entry.id for entry in entries if entry.answerable != bool(entry.gold)]
    if wrong or not entries:
        what = f"gold stands where answerable is true: {', '.join(wrong)}" if wrong else "is empty"
        raise UnreadableError(Fault(str(path), 0, what))
    return tuple(
        Question(entry.id, entry.kind, entry.question, tuple(map(plain, entry.gold)), entry.history)
        for entry in entries
    )


def _faults(path: Path, error: ValidationError) -> Iterator[Fault]:
    for problem in error.errors():
        where = ".".join(map(str, problem["loc"])) or "the file"
        yield Fault(str(path), 0, f"entry {where}: {problem['msg']}")
