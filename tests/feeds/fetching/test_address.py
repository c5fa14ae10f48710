"""Addresses, taken apart as they are asked."""

import socket
from collections.abc import Callable

import pytest

from bot.feeds.fetching import Fetched, Fetcher
from bot.feeds.fetching.address import read
from tests.fakes.web_host import Answer, WebHost


@pytest.mark.parametrize(
    ("url", "host", "port", "authority", "target"),
    [
        ("https://tea.example", "tea.example", 443, "tea.example", "/"),
        (" HTTPS://Tea.Example:443/A?b#c\n", "tea.example", 443, "tea.example", "/A?b"),
        ("https://tea.example:8443/", "tea.example", 8443, "tea.example:8443", "/"),
        ("https://tee.bücher.example/", "tee.xn--bcher-kva.example", 443, None, "/"),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443, "[2606:4700::1111]", "/"),
        ("https://[2606:4700::1111]:8443/", "2606:4700::1111", 8443, None, "/"),
        ("https://under_score.example./?a/b", "under_score.example.", 443, None, "/?a/b"),
    ],
)
def test_host_port_and_target(
    url: str, host: str, port: int, authority: str | None, target: str
) -> None:
    address = read(url)
    assert (address.host, address.port, address.target) == (host, port, target)
    assert authority in (None, address.authority)


def test_an_address_of_ipv6_is_asked(fetching: Callable[..., Fetcher]) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("there is no loopback of IPv6")
    with WebHost({"/": Answer(b"tea")}, address="::1") as host:
        fetcher = fetching(resolve=lambda name, _port: [name])
        assert isinstance(fetcher.fetch(host.url("/", "[::1]"), 10), Fetched)
        assert host.requests[0].headers["Host"] == f"[::1]:{host.port}"
