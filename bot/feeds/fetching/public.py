"""Where a name is, and whether that is in public: nothing inside a network is ever asked."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from bot.feeds.fetching.address import Address
from bot.feeds.fetching.errors import FetchError, refused

IP = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]  # of a host and a port; raises OSError

_KINDS = ("unspecified", "loopback", "link_local", "multicast", "private", "reserved")
_SHARED = ip_network("100.64.0.0/10")  # RFC 6598
# All of IPv6 that is given out (IANA, IPv6 Global Unicast Address Space).
_GLOBAL_IPV6 = IPv6Network("2000::/3")
# RFC 6052: networks that speak IPv6 alone reach every IPv4 address by these.
_NAT64 = IPv6Network("64:ff9b::/96")
# What `ipaddress` calls global, in some or all of its versions: protocol assignments, 6to4 and its
# relays, Teredo (all by IANA's special-purpose registries) and RFC 9637's documentation.
_SPECIAL = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20"),
    )
)


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host as the system's resolver has them, best first.

    Raises:
        OSError: there is no such name, or nobody to ask. The resolver's own time-outs end it.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def not_public(ip: IP) -> str | None:
    """Return what kind of address it is where it is not one of the public's, None where it is."""
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            return not_public(IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.ipv4_mapped:
            return "a mapped address"
    for kind in _KINDS:
        if getattr(ip, f"is_{kind}"):
            return f"{'an' if kind[0] == 'u' else 'a'} {kind.replace('_', '-')} address"
    if ip in _SHARED:
        return "a shared address"
    outside = isinstance(ip, IPv6Address) and ip not in _GLOBAL_IPV6
    special = outside or not ip.is_global or any(ip in network for network in _SPECIAL)
    return "a special-purpose address" if special else None


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
