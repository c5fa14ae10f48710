"""The daily takeaway: when it is due, what it is, and posting it exactly once."""

from bot.daily.loop import Loop
from bot.daily.outcomes import Channels, Gone, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.daily.posting import Posting, Rest, Terms
from bot.daily.rotation import next_item
from bot.daily.schedule import local_date, next_due

__all__ = [
    "Channels",
    "Gone",
    "Loop",
    "Mark",
    "Outcome",
    "Posted",
    "Posting",
    "Rest",
    "Skip",
    "Terms",
    "Unsure",
    "Wait",
    "local_date",
    "next_due",
    "next_item",
]
