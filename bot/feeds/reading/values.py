"""What stands in a feed as text: words, addresses, dates, numbers, each made safe to keep."""

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from bot.episodes.formats.words import unescaped

# Controls, halves of characters, and what turns the direction of the text that follows.
ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# What no address may hold as it stands (RFC 3986, 2), and what episode.yaml refuses in one.
_NOT_IN_ADDRESS = re.compile(r"[^\S ]|[ \"'<>\\^`{|}]|[\u200e\u200f\ufeff]")
_WEB = ("http", "https")
_LONGEST_ADDRESS, _LONGEST_GUID = 2_000, 500  # characters; chosen by hand
_NUMBER = re.compile(r"0*(\d{1,6})(?:\.0+)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")

_COUNTRY = 2  # letters of a country's code


def words(text: str, most: int) -> str:
    """Return words on one line, without what acts on what follows; cut where they are too long.

    References to characters are read once more: feeds write `&amp;amp;` for `&`.
    """
    return _cut(_clean(unescaped(text)), most)


def guid(text: str) -> str:
    """Return what a feed calls an item as it stands; a digest where that is longer than any."""
    found = _clean(text)
    return found if len(found) <= _LONGEST_GUID else digest(found)


def digest(text: str) -> str:
    """Return what stands for a text that is too long to keep, or not to be shown."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def fetchable(written: str, base: str) -> str | None:
    """Return the whole address of a file, of whatever scheme; None where it is none.

    Of `base` the query is left out, which may be a key: it is the feed's.
    """
    bare = re.split(r"[?#]", base, maxsplit=1)[0]
    written = ACTING.sub("", written).strip()
    try:
        address = urljoin(bare, written)
        urlsplit(address).port  # noqa: B018 - raises where host or port are none
    except ValueError:
        return None
    address = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0], safe=""), address)
    return address if written and len(address) <= _LONGEST_ADDRESS else None


def web_address(written: str, base: str) -> str | None:
    """Return the whole address of a page or recording, without user info; None where it is none.

    It is in composed form (NFC, as RFC 3987 has it, 5.3.2.2), in which episode.yaml keeps it.
    """
    address = fetchable(unicodedata.normalize("NFC", written), unicodedata.normalize("NFC", base))
    parts = urlsplit(address or "")
    if parts.scheme not in _WEB or not parts.hostname:
        return None
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def moment(written: str) -> datetime | None:
    """Return a time in UTC, as RSS (RFC 5322) and Atom (ISO 8601) write it; None where it is none.

    One without a zone is taken to be in UTC.
    """
    written = written.strip()
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(written)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def number(written: str) -> int | None:
    """Return a whole number from 0 to 999,999; None where it is none."""
    found = _NUMBER.fullmatch(written.strip())
    return int(found[1]) if found else None


def language(written: str) -> str | None:
    """Return a tag such as `en-US`, its letters as they are commonly written; None where none."""
    tag = written.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return None
    first, *rest = tag.split("-")
    return "-".join(
        [first.lower(), *(part.upper() if len(part) == _COUNTRY else part for part in rest)]
    )


def media_type(written: str) -> str:
    """Return a media type in lower case, without its parameters."""
    return _clean(written).partition(";")[0].strip().lower()


def _clean(text: str) -> str:
    """Return text in composed form (NFC), on one line, without characters that act."""
    return " ".join(ACTING.sub(" ", unicodedata.normalize("NFC", text)).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
