"""Where a name is, and whether that is in public."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

IP = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]  # of a host and a port; raises OSError

_KINDS = ("unspecified", "loopback", "link_local", "multicast", "private", "reserved")
_INSIDE = {"localhost", "local", "internal", "lan"}
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


def names_inside(host: str) -> bool:
    """Return whether a host's name says by itself that it is inside a network.

    That is an IP address which is not the public's, a name without a dot, as containers have them,
    or one below what is kept for networks of one's own: RFC 6761 and 8375, ICANN's `internal`, and
    what routers use.
    """
    try:
        return not_public(ip_address(host.strip("[]"))) is not None
    except ValueError:
        labels = host.rstrip(".").lower().split(".")
        return len(labels) == 1 or labels[-1] in _INSIDE or labels[-2:] == ["home", "arpa"]
