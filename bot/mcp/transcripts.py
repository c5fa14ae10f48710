"""Transcripts as resources: their addresses, and the list of them, page by page. Pure."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from bot.episodes import Entry
from bot.errors import BotError

_ROOT = "podcast://transcripts/"
TEMPLATE = _ROOT + "{slug}"
PAGE = 50  # episodes on a page; chosen by hand: some 2,000 tokens of an assistant's room


class RefusedError(BotError):
    """A call that cannot be answered; its text is for whoever called."""


class Page(NamedTuple):
    """Page `number` `of` so many, from 1: the newest of `total` episodes first."""

    entries: Sequence[Entry]
    number: int
    of: int
    total: int


def page_of(entries: Sequence[Entry], number: int) -> Page:
    """Return a page of a library's entries, the newest of which come last.

    Raises RefusedError for a page that there is not.
    """
    pages = max(1, -(-len(entries) // PAGE))
    if not 1 <= number <= pages:
        raise RefusedError(f"There is no page {number}: the last one is {pages}.")
    end = len(entries) - (number - 1) * PAGE
    return Page(entries[max(0, end - PAGE) : end][::-1], number, pages, len(entries))


def uri_of(slug: str) -> str:
    """Return the address of an episode's transcript."""
    return _ROOT + quote(slug, safe="", errors="surrogatepass")


def slug_of(uri: str) -> str:
    """Return the slug that an address of a transcript names; empty for any other address."""
    if not uri.startswith(_ROOT):
        return ""
    return unquote(uri.removeprefix(_ROOT), errors="surrogatepass")
