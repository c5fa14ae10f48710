"""What a server's answer is: decided by its status and headers, and the body within its limit."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import mktime_tz, parsedate_tz
from http import HTTPStatus
from http.client import responses
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse

from bot.feeds.fetching.errors import FetchError

FEED_BYTES, TRANSCRIPT_BYTES = 20_000_000, 10_000_000  # unpacked

_MOVED = {301, 302, 303, 307, 308}
_LATER = {429, 503}
# What is asked for, and "identity", which needs no unpacking. Brotli's older releases unpack a
# bomb whole.
PACKED = "gzip, deflate"
_UNPACKED_HERE = {"", "identity", "gzip", "x-gzip", "deflate"}
_PIECE = 1 << 16  # bytes; chosen by hand
# Chosen by hand: no mistake in a header is to end the following of a feed, nor to fill a table.
_LONGEST_WAIT, _LONGEST_VALIDATOR = 24 * 3600.0, 500
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server calls the version that it sent; sent back, it answers 304 for the same."""

    etag: str | None = None
    modified: str | None = None


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file: its bytes unpacked, where it was at last, and its type without parameters."""

    data: bytes
    url: str
    type: str
    validators: Validators


@dataclass(frozen=True, slots=True)
class NotModified:
    """The file is the one that the validators were of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The file is elsewhere."""

    url: str


def answer(
    url: str, response: BaseHTTPResponse, most: int, *, asked: Validators, now: float
) -> Fetched | NotModified | Moved:
    """Return what was answered; `most` bytes unpacked at most, `now` in seconds of the epoch.

    Raises:
        FetchError: anything but the file, the word that it is the same, or another address.
        urllib3.exceptions.HTTPError: the body ends early, late, or cannot be unpacked.
    """
    headers = response.headers
    if response.status == HTTPStatus.OK:
        data = _body(url, response, most)
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Fetched(data, url, kind, _validators(headers))
    if response.status == HTTPStatus.NOT_MODIFIED and asked != NONE:
        return NotModified()
    if response.status in _MOVED and (location := headers.get("Location")):
        return Moved(_joined(url, location))
    raise _failure(url, response.status, headers, now)


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask for another version than this alone."""
    named = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
    return {name: value for name, value in named.items() if value}


def _validators(headers: Mapping[str, str]) -> Validators:
    """Return those of an answer, without such as could not be kept or sent."""
    etag, modified = (headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(_sendable(etag), _sendable(modified))


def _sendable(value: str | None) -> str | None:
    fits = value and len(value) <= _LONGEST_VALIDATOR and value.isascii() and value.isprintable()
    return value if fits else None


def _body(url: str, response: BaseHTTPResponse, most: int) -> bytes:
    """Read a body piece by piece, so that no bomb is unpacked beyond `most`."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing not in _UNPACKED_HERE:
        raise FetchError(url, "is packed in a way that was not asked for")
    length = response.headers.get("Content-Length", "")
    too_large = FetchError(url, f"is larger than {most / _MB:g} MB")
    if length.isdecimal() and len(length) < _LONGEST_VALIDATOR and int(length) > most:
        raise too_large
    data = bytearray()
    while piece := response.read1(_PIECE):
        data += piece
        if len(data) > most:
            raise too_large
    return bytes(data)


def _joined(url: str, location: str) -> str:
    """Return the address of a redirect, which may be relative and, against the rules, UTF-8."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    try:
        return urljoin(url, location.strip())
    except ValueError:
        return location


def _failure(url: str, status: int, headers: Mapping[str, str], now: float) -> FetchError:
    if status == HTTPStatus.GONE:
        return FetchError(url, "is gone for good (410)", gone=True)
    if status in _LATER:
        wait = _wait(headers.get("Retry-After", "").strip(), now)
        return FetchError(url, f"asks to be left alone for now ({status})", wait=wait)
    return FetchError(url, f"answers {status} ({responses.get(status) or 'no known status'})")


def _wait(value: str, now: float) -> float | None:
    """Return the seconds of a Retry-After, given in seconds or as a date (RFC 9110, 10.2.3)."""
    try:
        if value.isdecimal():
            seconds = float(value)
        elif parsed := parsedate_tz(value):
            seconds = mktime_tz(parsed) - now
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)
