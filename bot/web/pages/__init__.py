"""The episodes to read: a page for each, and where they are public a library, search and glossary.

`blueprint` names the addresses and `drawing` draws what stands at them; `reading` says what an
episode's page shows (its `model`), `marking` finds the quote in it, `listing` goes over all
episodes, `searching` asks them, `visitors` counts who reads, `refusal` says why not, and `sending`
packs what is sent.
"""

from bot.web.pages.blueprint import missing, reading_pages
from bot.web.pages.visitors import Visitors

__all__ = ["Visitors", "missing", "reading_pages"]
