"""Makes addresses of pages, signs them, and checks them when they come back."""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from typing import Literal, Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from urllib.parse import quote as escaped

from itsdangerous import BadSignature, TimestampSigner

from bot.links.place import ExpiredLinkError, LinkError, Place, fingerprint, query_of, read_place

Pages = Literal["signed", "public", "off"]  # who may read: who has a link, everybody, nobody
MARK = "quote"  # the fragment at which a browser scrolls to the mark
# Seconds. Chosen by hand: a quote's page opens for as long as questions are kept, the owners' for
# one look.
PAGE_SECONDS, INSIGHTS_SECONDS = 90 * 86_400, 3_600
_SALT = "podcast-answer-bot pages"
# A time and an HMAC, and nothing else: a dot more would move words between subject and signature.
_SIGNATURE = re.compile(r"[\w-]{1,16}\.[\w-]{43}", re.ASCII)
_NO_KEY = "no key"


class Quoted(Protocol):
    """What a link needs of a quote."""

    @property
    def episode(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def digest(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def start(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def end(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def text(self) -> str: ...  # noqa: D102 - the class says it


class _Signer(TimestampSigner):
    """Signs with the first of some keys, at the time of a clock."""

    def __init__(self, keys: Sequence[str], clock: Callable[[], float]) -> None:
        oldest_first = list(reversed(keys)) or _NO_KEY
        super().__init__(
            oldest_first, salt=_SALT, key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._clock = clock

    def get_timestamp(self) -> int:
        """Return the time in seconds."""
        return int(self._clock())


class Links:
    """Makes the addresses of pages, and checks them when they come back.

    A signature names the episode, or the admin, and the time; any of `keys` (the newest first)
    opens, the newest signs. Without `public_url` there are no links, and without a key none that
    has to be signed.
    """

    def __init__(
        self,
        public_url: str | None = None,
        pages: Pages = "off",
        keys: Sequence[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.pages: Pages = pages
        self._root = None if pages == "off" else public_url
        self._has_key = bool(keys)
        self._signer = _Signer(keys, clock)

    @property
    def are_public(self) -> bool:
        """Return whether everybody may read."""
        return self.pages == "public"

    def to(self, quoted: Quoted) -> str | None:
        """Return the address of a page with a quote marked; None where there is none."""
        return self.quote(quoted.episode, quoted.digest, quoted.start, quoted.end, quoted.text)

    def quote(self, slug: str, digest: str, start: int, end: int, words: str = "") -> str | None:
        """Return the address of a page with these characters marked; None where there is none.

        With the quote's `words`, the page finds them again after the transcript has changed.
        """
        found = Place(digest, start, end, words and fingerprint(words))
        return self._signed(_path(slug), _episode(slug), query_of(found), MARK)

    def episode(self, slug: str) -> str | None:
        """Return the address of an episode's page; None where there is none."""
        return self._signed(_path(slug), _episode(slug))

    def insights(self, team_id: str, user_id: str) -> str | None:
        """Return the address of the owners' page for an admin, for an hour; None without one."""
        if self._root is None or not self._has_key:
            return None
        query = {"team": team_id, "user": user_id}
        return self._address("/insights", query | {"s": self._sign(_admin(team_id, user_id))})

    def read_quote(self, address: str) -> tuple[str, Place] | None:
        """Return the episode and the place that one of these addresses leads to.

        Returns None for any other address, and for one that would open no page.
        """
        try:
            parts = urlsplit(address)
            query = dict(parse_qsl(parts.query))
        except ValueError:
            return None
        above, page = f"{self._root}/e/", f"{parts.scheme}://{parts.netloc}{parts.path}"
        if self._root is None or not page.startswith(above):
            return None
        slug = unquote(page.removeprefix(above))
        try:
            self.check_episode(slug, query.get("s", ""))
            found = read_place(query)
        except LinkError:
            return None
        return found and (slug, found)

    def check_episode(self, slug: str, signature: str) -> None:
        """Raise LinkError unless an episode's page may be read with this signature."""
        if self.pages == "off":
            raise LinkError("there are no pages")
        if not self.are_public:
            self._check(_episode(slug), signature, PAGE_SECONDS)

    def check_insights(self, team_id: str, user_id: str, signature: str) -> None:
        """Raise LinkError unless the owners' page may be read by this admin now."""
        if self.pages == "off":
            raise LinkError("there are no pages")
        self._check(_admin(team_id, user_id), signature, INSIGHTS_SECONDS)

    def _signed(
        self, path: str, subject: bytes, query: dict[str, str] | None = None, fragment: str = ""
    ) -> str | None:
        if self._root is None or not (self.are_public or self._has_key):
            return None
        signature = {} if self.are_public else {"s": self._sign(subject)}
        return self._address(path, (query or {}) | signature, fragment)

    def _address(self, path: str, query: dict[str, str], fragment: str = "") -> str:
        told = f"?{urlencode(query)}" if query else ""
        return f"{self._root}{path}{told}{fragment and '#'}{fragment}"

    def _sign(self, subject: bytes) -> str:
        return self._signer.sign(subject)[len(subject) + 1 :].decode()

    def _check(self, subject: bytes, signature: str, seconds: int) -> None:
        if not self._has_key or not _SIGNATURE.fullmatch(signature):
            raise LinkError("it is not signed")
        told = subject + b"." + signature.encode()
        try:
            _, signed_at = self._signer.unsign(told, return_timestamp=True)
        except (BadSignature, ValueError, OverflowError) as error:  # a time that no clock shows
            raise LinkError("it is not signed for this") from error
        # `max_age` would refuse a link of a machine whose clock is a little ahead.
        if self._signer.get_timestamp() - signed_at.timestamp() > seconds:
            raise ExpiredLinkError("it was signed too long ago")


NO_LINKS = Links()


def _path(slug: str) -> str:
    return "/e/" + escaped(slug, safe="/", errors="replace")


def _episode(slug: str) -> bytes:
    return f"episode {slug}".encode(errors="surrogatepass")


def _admin(team_id: str, user_id: str) -> bytes:
    return f"admin {len(team_id)} {team_id} {user_id}".encode(errors="surrogatepass")
