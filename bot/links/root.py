"""The address that the bot is reached at, below which all of its own are."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[\da-f:.]*:[\da-f:.]*")
_LAST_PORT = 65_535


def https_root(url: str) -> str:
    """Return an address without the slashes at its end.

    Raises ValueError, with what is wrong with it, unless it is https with a host, and beside that
    a port and a path at most. No message repeats it: it may hold a password.
    """
    if not url.startswith("https://"):
        raise ValueError("should start with https://, for Slack sends nobody elsewhere")
    if re.search(r"[\s\x00-\x1f\x7f]", url):  # urlsplit would drop some of it
        raise ValueError("holds white space")
    if "?" in url or "#" in url:
        raise ValueError("holds a ? or a #, behind which no path can be put")
    try:
        address = urlsplit(url)
    except ValueError:  # half of an IPv6 address
        address = urlsplit("")
    if "@" in address.netloc:
        raise ValueError("holds a name or a password, which neither Slack nor browsers bring")
    if not _HOST.fullmatch(address.hostname or ""):
        raise ValueError("holds no host, such as bot.example.com, behind https://")
    if not _has_port(address.netloc):
        raise ValueError(f"holds a port that is not from 1 to {_LAST_PORT}")
    return url.rstrip("/")


def _has_port(place: str) -> bool:
    """Return whether a place names a port that there can be, or none."""
    _, colon, port = place.rpartition("]")[2].partition(":")
    return not colon or (port.isdecimal() and port.isascii() and 0 < int(port[:6]) <= _LAST_PORT)
