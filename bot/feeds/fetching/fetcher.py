"""Fetching a file that somebody else's feed names, from where it may be fetched, within limits."""

import time
from time import monotonic

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from bot.feeds.fetching.address import Address, read
from bot.feeds.fetching.answer import (
    NONE,
    PACKED,
    Fetched,
    Moved,
    NotModified,
    Validators,
    answer,
    conditions,
)
from bot.feeds.fetching.errors import FetchError
from bot.feeds.fetching.limits import LIMITS, Limits, told
from bot.feeds.fetching.pools import Pools
from bot.feeds.fetching.public import checked
from bot.feeds.fetching.turns import Turns
from bot.ip_addresses import Resolve, resolve

_SHORTEST = 0.001  # seconds: urllib3 takes no time-out of none at all


def user_agent(where: str | None) -> str:
    """Return who asks, and where to find out more: an address, if there is one."""
    known = "".join(char for char in where or "" if "!" <= char <= "~" and char not in "()")
    return f"podcast-answer-bot (+{known})" if known else "podcast-answer-bot"


class Fetcher:
    """Fetches files, two at a time, of one host one; any thread may ask.

    `resolve` says where a name is. `allow_loopback` lets it fetch from the loopback, and there
    without TLS: nothing but tests sets it. Cookies and proxies of the environment are not used.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        limits: Limits = LIMITS,
        allow_loopback: bool = False,
        resolve: Resolve = resolve,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": PACKED}
        self._limits, self._resolve, self._allow_loopback = limits, resolve, allow_loopback
        self._pools, self._turns = Pools(), Turns()

    def fetch(
        self, url: str, most: int, validators: Validators = NONE, accept: str = "*/*"
    ) -> Fetched | NotModified:
        """Fetch a file of `most` bytes at most, counted unpacked.

        With `validators` of an earlier version, the answer may be that it is the same.

        Raises:
            FetchError: it was not fetched; the text says why, without the address's query.
        """
        headers = {**self._headers, "Accept": accept, **conditions(validators)}
        target, left = url, self._limits.whole
        try:
            for _ in range(self._limits.redirects + 1):
                address = read(target, plain=self._allow_loopback)
                with self._turns.of(address.host):
                    began = monotonic()
                    got = self._ask(address, headers, most, validators, began + left)
                    left -= monotonic() - began
                if not isinstance(got, Moved):
                    return got
                target = got.url
        except FetchError as error:
            if target == url:
                raise
            raise error.reached_from(url) from error
        raise FetchError(url, f"is redirected more than {self._limits.redirects} times")

    def close(self) -> None:
        """Close the connections that are kept open; the fetcher may be used again."""
        self._pools.close()

    def _ask(
        self,
        address: Address,
        headers: dict[str, str],
        most: int,
        asked: Validators,
        ends: float,
    ) -> Fetched | NotModified | Moved:
        """Ask one address once; nothing that it sends is followed here."""
        try:
            response = self._open(address, headers, ends)
            try:
                return answer(address.url, response, most, asked=asked, now=time.time())
            finally:
                response.close()
        except HTTPError as error:
            what = told(error, self._limits, over=monotonic() >= ends)
            raise FetchError(address.url, what) from error

    def _open(self, address: Address, headers: dict[str, str], ends: float) -> BaseHTTPResponse:
        """Ask the first of a host's addresses that can be reached, each of which was checked."""
        found = checked(address, self._resolve, allow_loopback=self._allow_loopback)
        until = min(monotonic() + self._limits.connect, ends)
        failed: HTTPError | None = None
        for position, ip in enumerate(found):
            share = max((until - monotonic()) / (len(found) - position), _SHORTEST)
            whole = max(ends - monotonic(), _SHORTEST)
            try:
                return self._pools.of(address, ip).urlopen(
                    "GET",
                    address.target,
                    headers={"Host": address.authority, **headers},
                    timeout=Timeout(connect=share, total=whole),
                    redirect=False,
                    preload_content=False,
                )
            except (NewConnectionError, ConnectTimeoutError) as error:
                failed = error
        raise failed or FetchError(address.url, "cannot be reached")
