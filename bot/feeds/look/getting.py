"""The bytes of a feed: from the web, or from a file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BotError
from bot.feeds.fetching import FEED_BYTES, Fetcher, NotModified, Validators, shown
from bot.feeds.model import Feed
from bot.feeds.reading.parse import PageError, parse_feed

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one version of a feed from another: what its server says, and its own digest."""

    validators: Validators
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """A feed's bytes, the address that they came from, the one `asked` for, and their version."""

    data: bytes
    url: str
    asked: str
    version: Version

    def read(self) -> Feed:
        """Return what the feed says; raises FeedError where it is none."""
        return parse_feed(self.data, self.url, self.asked)


def get(address: str, fetcher: Fetcher, known: Version) -> Got | None:
    """Return a feed's bytes, or None where it is the version that is known.

    Raises:
        FetchError: it was not fetched. BotError: its file cannot be read.
    """
    if is_file(address):
        data, url, validators = _from_file(Path(address)), address, Validators()
    else:
        fetched = fetcher.fetch(address, FEED_BYTES, known.validators, _ACCEPT)
        if isinstance(fetched, NotModified):
            return None
        data, url, validators = fetched.data, fetched.url, fetched.validators
    digest = hashlib.sha256(data).hexdigest()[:32]
    if digest == known.digest:
        return None
    return Got(data, url, address, Version(validators, digest))


def get_first(address: str, fetcher: Fetcher) -> tuple[str, Got, Feed]:
    """Return a feed that is read for the first time, and its address.

    Where that is a web page's, the feed that the page names is taken in its place.

    Raises:
        FeedError: there is no feed. FetchError: it was not fetched.
    """
    nothing = Version(Validators())
    got = get(address, fetcher, nothing)
    assert got is not None  # noqa: S101 - without a version nothing is the same
    try:
        return address, got, got.read()
    except PageError as page:
        if page.alternate is None:
            raise
        address = page.alternate
    got = get(address, fetcher, nothing)
    assert got is not None  # noqa: S101 - the same
    return address, got, got.read()


def is_file(address: str) -> bool:
    """Return whether an address is that of a file on this machine."""
    return "://" not in address


def address_shown(address: str) -> str:
    """Return an address as a person is shown it: a file's as it is, any other without its query."""
    return address if is_file(address) else shown(address)


def called(title: str, address: str) -> str:
    """Return what a feed is called: by its title or, where it has none, by its address."""
    return title or address_shown(address)


def _from_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > FEED_BYTES:
            raise BotError(f"{path} is larger than {FEED_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise BotError(f"{path} cannot be read: {error.strerror}") from error
