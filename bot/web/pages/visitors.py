"""How often one reader may ask for pages, counted in the memory of this process."""

import math
import time
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# Chosen by hand: a reader turns a page a second at most. A search reads with a model, and costs as
# much as several pages.
PER_MINUTE, SEARCH = 120, 6
_HOUSE = 64  # bits: what one household gets of IPv6
Address = IPv4Address | IPv6Address


class Visitors:
    """Counts requests by address, which is only ever kept in memory, for a minute."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._rate = parse(f"{per_minute}/minute")
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, request: Request, cost: int = 1) -> int:
        """Count a request; return for how many seconds its sender has to wait, 0 for none."""
        visitor = address_of(request)
        if self._window.hit(self._rate, visitor, cost=cost):
            return 0
        free_at = self._window.get_window_stats(self._rate, visitor).reset_time
        return max(1, math.ceil(free_at - time.time()))


def address_of(request: Request) -> str:
    """Return where a request comes from.

    Behind a proxy of the same network it is what that proxy says, which anybody else could make up.
    """
    peer = _address(request.remote_addr or "")
    if peer is None or peer.is_private:
        peer = _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2]) or peer
    return _house(peer)


def _address(text: str) -> Address | None:
    """Return an address, one of IPv4 also as a socket of IPv6 gives it; None for what is none."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _house(address: Address | None) -> str:
    """Return what is counted: an address, of IPv6 the network of the house; empty for none."""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), _HOUSE), strict=False))
    return str(address or "")
