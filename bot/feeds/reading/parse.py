"""From the bytes of a feed to its items, with every transcript of each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from lxml import etree

from bot.feeds.model import Feed, Item, Person
from bot.feeds.reading import values
from bot.feeds.reading.errors import FeedError, PageError
from bot.feeds.reading.fields import Fields
from bot.feeds.reading.items import item_of
from bot.feeds.reading.keys import Keys
from bot.feeds.reading.page import alternate, is_page
from bot.feeds.reading.xml import Document, document, line_of, name_of

__all__ = ["FeedError", "PageError", "parse_feed"]

_ROOTS = ("rss", "atom:feed", "rdf:rdf")
_ITEMS = ("item", "atom:entry")
_ITEM_TAGS = ("{*}item", "{*}entry")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CHANNELS = ("channel", *_ROOTS)
_MOST_ITEMS = 20_000  # chosen by hand: an episode a day for fifty years
_MOST_NOTES = 20  # chosen by hand: who mends a feed begins at the top


def parse_feed(data: bytes, url: str, asked: str = "") -> Feed:
    """Return what a feed says, in RSS or Atom.

    What is not XML as it should be is mended and told in `warnings`. An item in the midst of which
    the feed breaks off is left out, since it may say anything.

    Args:
        data: the feed, in whatever encoding it says.
        url: its address, which relative ones in it begin from; of a file, its path.
        asked: the address that led there. What may be a key in either is left out of what others
            are shown: of a private feed's pages and recordings.

    Raises:
        PageError: it is a web page.
        FeedError: it is no feed, declares entities, or is beyond a limit.
    """
    found = document(data, url)
    root = "" if found.root is None else name_of(found.root)
    if found.root is None or root not in _ROOTS:
        raise _no_feed(data, url, root)
    keys = Keys.of(url, asked)
    feed = _feed(found.root, url, keys, cut_off=_cut_off(data, found))
    return replace(
        feed, warnings=(*found.warnings, *feed.warnings), whole=found.whole and feed.whole
    )


def _feed(root: etree._Element, url: str, keys: Keys, *, cut_off: bool) -> Feed:
    """Return what the elements of a feed say, without the last item if that is cut off."""
    notes = _Notes()
    elements = [one for one in root.iter(*_ITEM_TAGS) if name_of(one) in _ITEMS]
    if cut_off and elements:
        notes.add(line_of(elements.pop()), "the feed breaks off in this item; it is left out")
    if too_many := elements[_MOST_ITEMS:]:
        what = f"more than {_MOST_ITEMS:,} items; from here on they are left out"
        notes.add(line_of(too_many[0]), what)
    found = (item_of(Fields(element, url, keys, notes.add)) for element in elements[:_MOST_ITEMS])
    items = [item for item in found if item]
    of = [Fields(one, url, keys, notes.add) for one in (root, *root) if name_of(one) in _CHANNELS]
    language = _first(one.first(values.language, "language", "dc:language") for one in of)
    language = language or values.language(root.get(_LANGUAGE) or "")
    people = _first(one.people() for one in of) or ()
    return Feed(
        title=_first(one.title("title", "atom:title") for one in of) or "",
        language=language,
        link=_first(one.link() for one in of),
        items=tuple(_completed(item, language, people) for item in items),
        warnings=tuple(notes.told()),
        whole=not too_many,
    )


def _cut_off(data: bytes, found: Document) -> bool:
    """Return whether the last item that was read does not end: it may say anything."""
    plain = data.replace(b"\0", b"")
    begins = max(plain.rfind(b"<item"), plain.rfind(b"<entry"))
    return found.stopped or begins > max(plain.rfind(b"</item"), plain.rfind(b"</entry"))


class _Notes:
    """What could not be read, with its line; the first of it, for it may be without end."""

    def __init__(self) -> None:
        self._notes: list[str] = []

    def add(self, line: int, what: str) -> None:
        """Take a note."""
        self._notes.append(f"line {line}: {what}")

    def told(self) -> Iterator[str]:
        """Yield the notes, and how many more there were."""
        yield from self._notes[:_MOST_NOTES]
        if len(self._notes) > _MOST_NOTES:
            yield f"and {len(self._notes) - _MOST_NOTES} more"


_Value = TypeVar("_Value")


def _first(found: Iterable[_Value | None]) -> _Value | None:
    return next(filter(None, found), None)


def _completed(item: Item, language: str | None, people: tuple[Person, ...]) -> Item:
    """Return an item with what its feed says of all of them, where it says nothing else itself."""
    language = item.language or language
    transcripts = (replace(one, language=one.language or language) for one in item.transcripts)
    return replace(
        item,
        language=language,
        people=item.people or people,
        transcripts=tuple(transcripts),
    )


def _no_feed(data: bytes, url: str, root: str) -> FeedError:
    """Return what bytes are that are no feed."""
    if root == "html" or is_page(data):
        return PageError(url, alternate(data, url))
    if root:
        return FeedError(url, f"is no feed, neither RSS nor Atom: it begins with `<{root[:40]}>`")
    return FeedError(url, "is no feed, neither RSS nor Atom" if data.strip() else "is empty")
