"""The one tree of errors. Each carries what it is about, so that the message names it."""

from dataclasses import dataclass


class BotError(Exception):
    """Whatever this bot raises on purpose; its text may be shown to the operator as it is."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be read.

    `line` counts from 1; 0 speaks of the whole file.
    """

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        """`file:line: what`, the form editors jump to."""
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


class UnreadableError(BotError):
    """A file that is not what it should be; `faults` says where and why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class SettingError(BotError):
    """A setting that is missing or wrong; `key` is its name in the environment."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(f"{key}: {what}")
        self.key = key
