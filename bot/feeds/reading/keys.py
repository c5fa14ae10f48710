"""What of a private feed's addresses may be a key: it opens files, and nobody else is to have it.

Such a feed has its key in the query of its own address, and those of its recordings have that or
one of their own. Pages and Slack would show them to whoever reads there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from bot.feeds.reading.values import digest

# A key is so long and has a digit; `?feed=podcast` and `?show=kitchen-talks` hold none, and may
# stand in any path. Chosen by hand.
_KEY = re.compile(r"(?=.*\d).{8,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Keys:
    """What may be a key in the addresses of a feed; `private` tells that one has a query."""

    private: bool
    found: frozenset[str]

    @classmethod
    def of(cls, *urls: str) -> Self:
        """Return those of the addresses that a feed was asked for and found at."""
        queries = [url.partition("#")[0].partition("?")[2] for url in urls]
        return cls(any(queries), frozenset(key for query in queries for key in _values(query)))

    def recording(self, address: str | None) -> str | None:
        """Return the address of a recording; of a private feed without its query."""
        return self._without(_bare(address) if address and self.private else address)

    def page(self, address: str | None) -> str | None:
        """Return the address of a page; without its query where that holds a key."""
        return self._without(_bare(address) if self._is_in(address) else address)

    def guid(self, guid: str) -> str:
        """Return what an item is called; a digest where that holds a key."""
        return digest(guid) if self._is_in(guid) else guid

    def _without(self, address: str | None) -> str | None:
        """Return an address, or None where a key is in its path."""
        return None if self._is_in(address) else address

    def _is_in(self, text: str | None) -> bool:
        return text is not None and any(key in unquote(text) for key in self.found)


def _values(query: str) -> Iterator[str]:
    for part in re.split("[&;]", query):
        name, _, value = map(unquote, part.partition("="))
        if _KEY.fullmatch(value or name):
            yield value or name


def _bare(address: str | None) -> str | None:
    return address and urlsplit(address)._replace(query="", fragment="").geturl()
