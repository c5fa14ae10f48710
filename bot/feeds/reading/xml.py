"""XML from strangers: nothing is fetched or expanded for it, and what is broken is mended."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from bot.feeds.reading.errors import FeedError
from bot.feeds.reading.values import words

# By name what feeds write before a colon; the address without scheme and final slash.
_NAMESPACES = {
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "podcastindex.org/namespace/1.0": "podcast:",
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "www.w3.org/2005/atom": "atom:",
    "purl.org/dc/elements/1.1": "dc:",
    "purl.org/rss/1.0": "",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
}
_SCHEME = re.compile(r"^https?://")
_ENTITY = b"<!ENTITY"
_END = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)\s{0,9}>", re.IGNORECASE)
_AFTER = 10_000  # bytes of comments that programs write below a feed; chosen by hand
# Each stands for some 130 bytes in memory. A feed of 3.5 MB with 350 episodes has 70,000.
_MOST = 1_000_000
_LONGEST = 160  # characters that a warning quotes of a feed; chosen by hand
_TOLD = 100  # errors that libxml2 tells; the rest it keeps to itself (XML_MAX_ERRORS)


@dataclass(frozen=True, slots=True)
class Document:
    """The first element of a document, None where there is none, and what was mended, by line.

    `whole` tells that it surely ends where it should, `stopped` that it was read up to some place
    only.
    """

    root: etree._Element | None
    warnings: tuple[str, ...]
    whole: bool
    stopped: bool


def document(data: bytes, url: str) -> Document:
    """Return a document, mended where it is broken.

    Raises:
        FeedError: it declares entities, or is larger in memory than any feed.
    """
    plain = data.replace(b"\0", b"") if b"\0" in data else data  # of UTF-16 what it is in ASCII
    if plain.count(b"<") + plain.count(b"=") > _MOST:
        raise FeedError(url, f"has more than {_MOST:,} tags and attributes, as no feed has")
    parser = etree.XMLParser(
        resolve_entities=False,  # in attributes libxml2 does, and ends it before it grows large
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    root = _root(data, parser)
    declared: Any = None if root is None else root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _declares(url, plain)
    log = [entry for entry in parser.error_log if entry.level_name != "WARNING"]
    stopped = any(one.type_name == "ERR_RESOURCE_LIMIT" for one in log)
    ends = _END.search(plain, max(0, len(plain) - _AFTER)) is not None
    whole = ends and not stopped and len(log) < _TOLD
    return Document(root, tuple(_mended(log)), whole=whole, stopped=stopped)


def _root(data: bytes, parser: etree.XMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):  # there is no element at all
        return None


def _declares(url: str, plain: bytes) -> FeedError:
    line = plain.count(b"\n", 0, max(0, plain.find(_ENTITY))) + 1
    what = f"its document type declares entities (line {line}), which no feed needs"
    return FeedError(url, f"is refused: {what}")


def _mended(log: Sequence[Any]) -> Iterator[str]:
    """Yield each kind of fault once, with its first line."""
    times = Counter(entry.type for entry in log)
    first = {entry.type: entry for entry in reversed(log)}
    for entry in sorted(first.values(), key=lambda one: int(one.line)):
        more = f" (and {times[entry.type] - 1} more)" if times[entry.type] > 1 else ""
        what = words(entry.message, _LONGEST)
        yield f"line {entry.line}: is not XML as it should be, and was mended: {what}{more}"


def name_of(element: etree._Element) -> str:
    """Return the name of an element as feeds write it, such as `itunes:title`, in lower case.

    That of an unknown namespace is in braces; a prefix that the feed never declares counts as it
    is written.
    """
    return _name(str(element.tag))


def line_of(element: etree._Element) -> int:
    """Return the line that an element begins on, from 1; 0 where it is not known."""
    line: Any = element.sourceline  # whose type the stubs do not say
    return line or 0


@lru_cache(1024)
def _name(tag: str) -> str:
    if not tag.startswith("{"):
        return tag.lower()
    space, _, local = tag[1:].partition("}")
    known = _NAMESPACES.get(_SCHEME.sub("", space.lower()).rstrip("/#"))
    return (f"{{{space}}}" if known is None else known) + local.lower()
