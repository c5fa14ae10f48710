"""What counts what happens."""

from typing import Protocol

from bot.answers import Consulted


class Observer(Protocol):
    """Is told of what happens, to count it."""

    def answered(self, surface: str, outcome: str, seconds: float) -> None:
        """Count a question on a surface: answered, declined, or met with small talk (other)."""

    def consulted(self, what: Consulted) -> None:
        """Count what became of a language model that was asked, and what it cost."""

    def failed(self, error: str) -> None:
        """Count a request that failed; `error` is Slack's word for it, or `internal`."""


class Unobserved:
    """Counts nothing."""

    def answered(self, surface: str, outcome: str, seconds: float) -> None:
        """Do nothing."""

    def consulted(self, what: Consulted) -> None:
        """Do nothing."""

    def failed(self, error: str) -> None:
        """Do nothing."""
