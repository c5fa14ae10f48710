"""Feeds and items to read, match and keep."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from bot.feeds.model import Feed, Item, Transcript

URL = "https://example.org/feed.xml?key=secret"
AT = datetime(2026, 11, 26, 21, 0, tzinfo=UTC)
NAMESPACES = (
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)
HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{NAMESPACES}>\n<channel>\n'
WEBVTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada Park>Hello, and welcome to the show.\n"
LATER_WEBVTT = WEBVTT.replace(b"Hello", b"Good morning")
SUBRIP = b"1\n00:00:01,000 --> 00:00:04,000\nAda Park: Hello, and welcome to the show.\n"
LOGIN = b"<!doctype html><html><head><title>Log in</title></head><body><form></form></body></html>"
VTT = Transcript("https://example.org/1.vtt?key=secret", "text/vtt")
FEED = Feed("Kitchen Talks", "en")


def rss(*items: str, channel: str = "<title>Kitchen Talks</title>") -> bytes:
    """Return an RSS feed; every item on a line of its own, the first on line 5."""
    inner = "".join(f"<item>{item}</item>\n" for item in items)
    return f"{HEAD}{channel}\n{inner}</channel>\n</rss>\n".encode()


def tag(name: str, text: str = "", **attributes: str) -> str:
    """Return an element."""
    named = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{named}>{escape(text)}</{name}>"


def item(guid: str = "1", title: str = "Bread", **more: Any) -> Item:
    """Return an item with one transcript."""
    return Item(guid, title, **{"transcripts": (VTT,), "published": AT, **more})


def feed(items: Sequence[Item], **more: Any) -> Feed:
    """Return a feed of some items."""
    return Feed("Kitchen Talks", "en", items=tuple(items), **more)
