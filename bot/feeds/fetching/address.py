"""Addresses, taken apart in one place, so that what is checked is what is asked."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.feeds.fetching.errors import refused

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")  # names with underscores are in use
_IPV6 = re.compile(r"[0-9a-f:.]+")  # no zone
_PORTS = {"https": 443, "http": 80}
# Below it are the ports of other services, mail for one: a feed is not to have them spoken to.
_FIRST_OPEN_PORT = 1024


@dataclass(frozen=True, slots=True)
class Address:
    """An https address, or an http one of the loopback.

    `host` is in lower case and ASCII, an IPv6 address without brackets; `target` is path and query.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str, *, plain: bool = False) -> Address:
    """Take an address apart; `plain` lets http through, which only tests want.

    Raises:
        FetchError: it is none that is asked. User info is refused rather than dropped, since
            without it the server would answer something else, and nothing here is to hold it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError as error:
        raise refused(url, "it is no address") from error
    if parts.scheme != "https" and not (plain and parts.scheme == "http"):
        raise refused(url, "only https is fetched")
    if _CONTROL.search(url) or not name:
        raise refused(url, "it names no host" if not name else "it has control characters")
    if "@" in parts.netloc:
        raise refused(url, "it holds a user's name, which is not sent")
    port = _PORTS[parts.scheme] if port is None else port
    if port != _PORTS[parts.scheme] and port < _FIRST_OPEN_PORT:
        raise refused(url, f"port {port} is another service's")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(url, parts.scheme, _host(url, name), port, target)


def _host(url: str, name: str) -> str:
    """Return a host's name as it is looked up, or an address as it stands."""
    try:
        host = name.encode("idna").decode().lower()
    except UnicodeError as error:
        raise refused(url, "its host is no name") from error
    if not (_IPV6 if ":" in host else _NAME).fullmatch(host):
        raise refused(url, "its host is no name")
    return host
