"""A language model that points: it is shown passages, gives back numbers, and never speaks.

`pointer` decides whether to ask and what to make of it, `prompt` is what it is asked and how its
reply is read, and `endpoint` is the way there, on which every fault has an end.
"""

from bot.pointing.breaker import Breaker
from bot.pointing.pointer import Ask, Pointing, Reply, Terms, When

__all__ = ["Ask", "Breaker", "Pointing", "Reply", "Terms", "When"]
