"""Answers unasked: which question of a channel is answered next, and when none is.

`bot.posting` posts each at most once.
"""

from bot.listening.planning import GRACE, MOST_A_DAY, WAIT, is_sure
from bot.listening.posting import Posting

__all__ = ["GRACE", "MOST_A_DAY", "WAIT", "Posting", "is_sure"]
