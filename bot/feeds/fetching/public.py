"""Whether a feed's host is in public: nothing inside a network is ever asked."""

from ipaddress import ip_address

from bot.feeds.fetching.address import Address
from bot.feeds.fetching.errors import FetchError, refused
from bot.ip_addresses import IP, Resolve, not_public


def checked(address: Address, look_up: Resolve, *, allow_loopback: bool = False) -> list[str]:
    """Return where a host is, once every place of it was found to be public.

    `allow_loopback` lets the loopback through, with and without TLS; plain http is let through to
    the loopback alone.

    Raises:
        FetchError: the name is not known, or one of its addresses is not to be asked.
    """
    try:
        found = [ip_address(one) for one in look_up(address.host, address.port)]
    except (OSError, UnicodeError) as error:
        raise FetchError(address.url, f"has a host that is not known: {address.host}") from error
    for ip in found:
        why = not_public(ip)
        if allow_loopback and why == "a loopback address":
            continue
        if why:
            raise refused(address.url, f"{_place(address.host, ip)} {why}")
        if address.scheme != "https":
            raise refused(address.url, "only https is fetched")
    if not found:
        raise FetchError(address.url, f"has a host that is not known: {address.host}")
    return [str(ip) for ip in found]


def _place(host: str, ip: IP) -> str:
    """Return the beginning of a sentence on where a host is: an address is at no other."""
    try:
        same = ip_address(host) == ip
    except ValueError:
        same = False
    return f"{host} is" if same else f"{host} is at {ip},"
