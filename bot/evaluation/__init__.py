"""How often the right passage is quoted, and the rest declined."""

from bot.evaluation.comparison import Comparison, Cost
from bot.evaluation.report import Report, run

__all__ = ["Comparison", "Cost", "Report", "run"]
