"""New episodes: which channel is told of which, when, and in a card or a list.

`bot.posting` posts each exactly once.
"""

from bot.announcing.planning import Told
from bot.announcing.posting import GRACE, Posting

__all__ = ["GRACE", "Posting", "Told"]
