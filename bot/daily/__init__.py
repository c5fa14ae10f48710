"""The daily takeaway: when it is due, and what it is; `bot.posting` posts it exactly once."""

from bot.daily.posting import Posting
from bot.daily.rotation import next_item
from bot.daily.schedule import local_date, next_due

__all__ = ["Posting", "local_date", "next_due", "next_item"]
