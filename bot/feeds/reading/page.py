"""A web page where a feed should be, and the feed that it names."""

import re
from urllib.parse import urlsplit

from lxml import etree, html

from bot.feeds.reading import values

# A page's head stands at its beginning; chosen by hand.
_HEAD = 500_000
# Possessive (`+`): what was read as a comment is never tried in another way, or forty comments
# would take as long as all their combinations.
_PAGE = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}\?>\s*+)?(?:<!--.{0,2000}?-->\s*+){0,9}+"
    rb"(?:<!doctype\s+html|<html|<head|<body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TYPES = ("application/rss+xml", "application/atom+xml")


def is_page(data: bytes) -> bool:
    """Return whether bytes begin as a web page does."""
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:_HEAD]) is not None


def alternate(data: bytes, url: str) -> str | None:
    """Return the feed that a page names first, as a whole address; None where it names none.

    One that leads back to the page is none.
    """
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(data[:_HEAD], parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    bases = (one.get("href") for one in root.iter("base"))
    base = values.web_address(next(filter(None, bases), ""), url) or url
    for link in root.iter("link"):
        named = "alternate" in (link.get("rel") or "").lower().split()
        written = (link.get("href") or "").strip()
        if named and written and values.media_type(link.get("type") or "") in _TYPES:
            found = values.fetchable(written, base)
            if found and _bare(found) != _bare(url):
                return found
    return None


def _bare(url: str) -> str:
    return urlsplit(url)._replace(fragment="").geturl()
