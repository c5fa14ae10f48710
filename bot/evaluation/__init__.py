"""How often the right passage is quoted, and the rest declined."""

from bot.evaluation.report import Report, run

__all__ = ["Report", "run"]
