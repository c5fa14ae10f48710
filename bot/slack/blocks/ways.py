"""The ways to where a quote stands: its page, its recording, its line of the file. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.answers import Quote, place_in_file
from bot.links import NO_LINKS, Links
from bot.slack.blocks.elements import Block, link, plain
from bot.slack.blocks.message import CREDIT

READ = "Read in context"
LISTEN = "\N{BLACK RIGHT-POINTING TRIANGLE}"


class Way(NamedTuple):
    """The address of a quote's page, and its file and line; None for what is not to be shown."""

    page: str | None = None
    file: str | None = None


NO_WAY = Way()


@dataclass(frozen=True, slots=True)
class Ways:
    """What a surface shows of where quotes stand: pages where there are `links`, perhaps `files`.

    Addresses are signed anew each time, and end one day.
    """

    links: Links = NO_LINKS
    files: bool = False

    def to(self, quotes: Iterable[Quote]) -> tuple[Way, ...]:
        """Return the way to each quote."""
        return tuple(map(self._way, quotes))

    def _way(self, quote: Quote) -> Way:
        return Way(self.links.to(quote), place_in_file(quote) if self.files else None)


NO_WAYS = Ways()


def signposts(quotes: Sequence[Quote], way: Way) -> list[Block]:
    """Return the elements of a grey line that lead to quotes of one episode: where they begin.

    Only a quote alone is heard: a list has no time.
    """
    if len({(one.episode, one.digest) for one in quotes}) != 1:
        return []
    links = " · ".join(filter(None, _links(quotes, way)))
    return [
        *([plain(way.file, CREDIT)] if way.file else []),
        *([{"type": "mrkdwn", "text": links}] if links else []),
    ]


def is_heard(quotes: Sequence[Quote]) -> bool:
    """Return whether a link to the recording says the time, which need not be said twice."""
    return any(_listen(quotes))


def _links(quotes: Sequence[Quote], way: Way) -> Iterator[str | None]:
    yield way.page and link(way.page, READ)
    yield from _listen(quotes)


def _listen(quotes: Sequence[Quote]) -> Iterator[str]:
    """Yield the link from a quote alone to the recording, if there is one."""
    if len(quotes) == 1 and quotes[0].listen:
        yield from filter(None, [link(quotes[0].listen, f"{LISTEN} {quotes[0].time}")])
