"""The elements right in an item or a channel, and what they say."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from lxml import etree

from bot.feeds.model import Person
from bot.feeds.reading import values
from bot.feeds.reading.keys import Keys
from bot.feeds.reading.xml import line_of, name_of

# Characters of a title and of a name, and how many people an item may have. Chosen by hand.
_LONGEST_TITLE, LONGEST_NAME, _MOST_PEOPLE = 300, 100, 50
_LONGEST_TEXT = 10_000
# Who of a `podcast:person` is heard: `group` is "cast" unless it says otherwise.
_HEARD = "cast"
_HOST = "host"  # the role where none is said
ITEM_TITLES = ("title", "itunes:title", "atom:title")
_Value = TypeVar("_Value")


class Fields:
    """The elements right in an item or a channel, by their names.

    What cannot be read is told to `note`, with the line. `url` is the feed's address, and `keys`
    are what may be a key of it.
    """

    def __init__(
        self, element: etree._Element, url: str, keys: Keys, note: Callable[[int, str], None]
    ) -> None:
        self.line, self.keys = line_of(element), keys
        self._note, self._url = note, url
        self._found: dict[str, list[etree._Element]] = {}
        for child in element:
            self._found.setdefault(name_of(child), []).append(child)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield the elements of some names, those of the first name first."""
        for name in names:
            yield from self._found.get(name, ())

    def first(self, read: Callable[[str], _Value | None], *names: str) -> _Value | None:
        """Return what is read of the first element of some names that can be read."""
        found = (read(text_of(element)) for element in self.all(*names))
        return next((value for value in found if value), None)

    def title(self, *names: str) -> str:
        """Return the words of the first element of some names that has any."""
        return self.first(lambda text: values.words(text, _LONGEST_TITLE), *names) or ""

    def link(self) -> str | None:
        """Return the address of the page: RSS has it as text, Atom as an attribute."""
        written = self.first(lambda text: text.strip() or None, "link")
        for element in self.all("atom:link"):
            if written is None and element.get("rel", "alternate") == "alternate":
                written = element.get("href")
        return self.page(written)

    def page(self, written: str | None) -> str | None:
        """Return a whole address of the web, without what may be a key."""
        return self.keys.page(self.address(written))

    def address(self, written: str | None) -> str | None:
        """Return a whole address of the web."""
        return values.web_address(written, self._url) if written else None

    def file(self, element: etree._Element) -> str | None:
        """Return the address of a file that is to be fetched, or note that it is none."""
        written = (element.get("url") or "").strip()
        address = values.fetchable(written, self._url) if written else None
        if address is None:
            title = values.words(self.title(*ITEM_TITLES), LONGEST_NAME)
            of = f", of `{title}`" if title else ""
            self.note(element, f"`{values.words(written, LONGEST_NAME)}` is no address{of}")
        return address

    def people(self) -> tuple[Person, ...]:
        """Return who is heard; of Atom, who wrote it."""
        found: dict[str, Person] = {}
        for element in self.all("podcast:person"):
            name = values.words(text_of(element), LONGEST_NAME)
            if name and (element.get("group") or _HEARD).strip().lower() == _HEARD:
                role = values.words(element.get("role") or "", LONGEST_NAME) or _HOST
                found.setdefault(name, Person(name, role.lower()))
        if not found:
            for element in self.all("atom:author", "atom:contributor"):
                inner = (text_of(child) for child in element if name_of(child) == "atom:name")
                name = values.words(next(inner, ""), LONGEST_NAME)
                if name:
                    found.setdefault(name, Person(name))
        return tuple(islice(found.values(), _MOST_PEOPLE))

    def note(self, element: etree._Element | None, what: str) -> None:
        """Tell what cannot be read."""
        line = self.line if element is None else line_of(element)
        self._note(line, what)


def text_of(element: etree._Element) -> str:
    """Return the text in an element, and of more than anybody reads the beginning."""
    found, length = [], 0
    for text in element.itertext():
        found.append(str(text))
        length += len(text)
        if length > _LONGEST_TEXT:  # in a broken feed the rest of it may stand in a title
            break
    return "".join(found)[:_LONGEST_TEXT]
