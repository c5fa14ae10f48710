"""Posting exactly once: the loop, the claim, what Slack says of a post, and what becomes of it.

What is posted, and when, is the business of the rooms that build on this: the daily takeaway in
`bot.daily`, new episodes in `bot.announcing`, answers unasked in `bot.listening`.
"""

from bot.posting.loop import Loop
from bot.posting.outcomes import (
    Channels,
    Gone,
    Mark,
    Outcome,
    Posted,
    Skip,
    Subscriber,
    Unsure,
    Wait,
)
from bot.posting.poster import Poster
from bot.posting.terms import PAUSE, Planned, Rest, Terms, utc_now

__all__ = [
    "PAUSE",
    "Channels",
    "Gone",
    "Loop",
    "Mark",
    "Outcome",
    "Planned",
    "Posted",
    "Poster",
    "Rest",
    "Skip",
    "Subscriber",
    "Terms",
    "Unsure",
    "Wait",
    "utc_now",
]
