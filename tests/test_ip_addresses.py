"""Which addresses are the public's, over all of them."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ip_addresses import not_public, resolve

# IANA's special-purpose registries, and multicast.
INSIDE = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4"
    ).split()
]


@pytest.mark.parametrize("place", ["8.8.8.8", "1.1.1.1", "192.0.1.1", "100.128.0.1", "172.32.0.1"])
def test_public_addresses_are(place: str) -> None:
    assert not_public(IPv4Address(place)) is None


@pytest.mark.parametrize("place", ["2606:4700::1111", "2a00:1450:4001::1", "64:ff9b::808:808"])
def test_public_addresses_of_ipv6_are(place: str) -> None:
    assert not_public(IPv6Address(place)) is None


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_is_public_unless_a_registry_says_otherwise(ip: IPv4Address) -> None:
    assert (not_public(ip) is None) == (not any(ip in network for network in INSIDE))


@given(st.sampled_from(INSIDE), st.data())
def test_no_address_inside_is_public_in_any_dress(
    network: IPv4Network, data: st.DataObject
) -> None:
    ip = network[data.draw(st.integers(0, network.num_addresses - 1))]
    number = int(ip)
    dresses = (
        ip,
        IPv6Address(number),
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(0xFFFF << 48 | number),
        IPv6Address(0x64FF9B << 96 | number),
        IPv6Address(0x2002 << 112 | number << 80 | 1),
        IPv6Address(0x20010000 << 96 | number << 64 | (number ^ 0xFFFFFFFF)),
    )
    assert all(not_public(dress) for dress in dresses)


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_ipv6_is_public_where_it_is_given_out_alone(ip: IPv6Address) -> None:
    given_out = ip in IPv6Network("2000::/3") or ip in IPv6Network("64:ff9b::/96")
    assert given_out or not_public(ip)


def test_the_systems_resolver_is_asked() -> None:
    assert set(resolve("localhost", 443)) <= {"127.0.0.1", "::1"}
    assert resolve("127.0.0.1", 443) == ["127.0.0.1"]
