"""What was asked, answered, declined and quoted, for whoever looks after the podcast."""

from bot.reports.groups import Group
from bot.reports.report import Quoted, Report, Thumbs, build

__all__ = ["Group", "Quoted", "Report", "Thumbs", "build"]
