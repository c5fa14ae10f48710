"""What was asked, answered, declined and quoted, for people who look after the podcast.

`report` counts what the store has kept, with similar questions put together by `groups`;
`formats` turns the result into text, JSON or CSV. `days` counts over time, and `timeline` along an
episode.
"""

from bot.reports.consulted import Consultations
from bot.reports.days import Day, Share, about, by_day, shares, shows_about
from bot.reports.formats import as_csv, as_json, as_text
from bot.reports.groups import Group
from bot.reports.report import Quoted, Report, Thumbs, build, report_of
from bot.reports.timeline import Chapter, Part, Place, Quoting, quoting

__all__ = [
    "Chapter",
    "Consultations",
    "Day",
    "Group",
    "Part",
    "Place",
    "Quoted",
    "Quoting",
    "Report",
    "Share",
    "Thumbs",
    "about",
    "as_csv",
    "as_json",
    "as_text",
    "build",
    "by_day",
    "quoting",
    "report_of",
    "shares",
    "shows_about",
]
