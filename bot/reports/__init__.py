"""What was asked, answered, declined and quoted, for people who look after the podcast.

`report` counts what the store has kept, with similar questions put together by `groups`;
`formats` turns the result into text, JSON or CSV.
"""

from bot.reports.formats import as_csv, as_json, as_text
from bot.reports.groups import Group
from bot.reports.report import Quoted, Report, Thumbs, build

__all__ = ["Group", "Quoted", "Report", "Thumbs", "as_csv", "as_json", "as_text", "build"]
