"""Search: any texts in, the best matching ones out. Only `passages` knows what an episode is."""

from bot.search.index import Hit, Index
from bot.search.postings import Postings
from bot.search.tokens import tokens

__all__ = ["Hit", "Index", "Postings", "tokens"]
