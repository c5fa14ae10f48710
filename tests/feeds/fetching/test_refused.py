"""What is never asked: told by name and reason, before a byte is sent."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import pytest

from bot.feeds.fetching import Fetched, Fetcher, FetchError
from tests.fakes.web_host import Answer, WebHost

Fetching = Callable[..., Fetcher]
MOST = 1000


@contextmanager
def refused(why: str) -> Iterator[None]:
    with pytest.raises(FetchError, match=why) as told:
        yield
    assert told.value.refused
    assert not told.value.gone
    assert told.value.wait is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://tea.example/feed.xml",
        "gopher://tea.example/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
        "//tea.example/feed.xml",
        "tea.example/feed.xml",
        "/etc/passwd",
        "",
    ],
)
def test_anything_but_https_is_refused(fetching: Fetching, url: str) -> None:
    with refused("only https is fetched"):
        fetching().fetch(url, MOST)
    with refused("only https is fetched"):
        Fetcher("tests").fetch(url, MOST)


def test_plain_http_is_refused_before_a_byte_is_sent(host: WebHost) -> None:
    host.pages["/feed.xml"] = Answer(b"<rss/>")
    with refused(r"^http://127\.0\.0\.1:\d+/feed\.xml is refused: only https is fetched$"):
        Fetcher("tests").fetch(host.url("/feed.xml"), MOST)
    assert host.connections == 0


def test_plain_http_is_for_the_loopback_alone_even_in_tests(fetching: Fetching) -> None:
    with refused("only https is fetched"):
        fetching(resolve=lambda _host, _port: ["203.0.114.7"]).fetch("http://tea.example/", MOST)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("10.0.0.5", "a private address"),
        ("172.16.9.9", "a private address"),
        ("192.168.1.1", "a private address"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.0.1", "a loopback address"),
        ("169.254.169.254", "a link-local address"),
        ("100.64.0.1", "a shared address"),
        ("0.0.0.0", "an unspecified address"),  # noqa: S104 - nothing is bound
        ("0.1.2.3", "a private address"),
        ("224.0.0.251", "a multicast address"),
        ("239.255.255.250", "a multicast address"),
        ("255.255.255.255", "a private address"),
        ("240.0.0.1", "a private address"),
        ("192.0.0.9", "a special-purpose address"),
        ("192.88.99.1", "a special-purpose address"),
        ("198.18.0.1", "a private address"),
        ("::", "an unspecified address"),
        ("::1", "a loopback address"),
        ("fe80::1", "a link-local address"),
        ("fe80::1%lo", "a link-local address"),
        ("fec0::1", "a .* address"),
        ("fd00:ec2::254", "a private address"),
        ("ff02::1", "a multicast address"),
        ("::ffff:127.0.0.1", "a mapped address"),
        ("::ffff:8.8.8.8", "a mapped address"),
        ("::7f00:1", "a reserved address"),
        ("64:ff9b::7f00:1", "a loopback address"),
        ("64:ff9b::a00:5", "a private address"),
        ("64:ff9b:1::808:808", "a .* address"),
        ("2002:7f00:1::", "a special-purpose address"),
        ("2001:0:7f00:1::", "a .* address"),
        ("2001:db8::1", "a private address"),
        ("3fff::1", "a special-purpose address"),
        ("5f00::1", "a .* address"),
    ],
)
def test_a_name_that_is_not_in_public_is_refused(place: str, kind: str) -> None:
    fetcher = Fetcher("tests", resolve=lambda _host, _port: [place])
    shown = re.escape(str(ip_address(place)))
    with refused(rf"^https://inner\.example/a is refused: inner\.example is at {shown}, {kind}$"):
        fetcher.fetch("https://inner.example/a?key=1", MOST)


def test_one_address_that_is_not_public_is_enough() -> None:
    fetcher = Fetcher("tests", resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.5"])
    with refused("is at 10.0.0.5"):
        fetcher.fetch("https://tea.example/", MOST)


@pytest.mark.parametrize(
    "written",
    "127.0.0.1 127.1 2130706433 0x7f.1 0177.0.0.1 [::1] [::ffff:127.0.0.1] LOCALHOST １２７.0.0.1 "
    "127。0。0。1".split(),
)
def test_the_loopback_is_found_out_however_it_is_written(host: WebHost, written: str) -> None:
    with refused("( is|is at .*,) a (loopback|mapped) address$"):
        Fetcher("tests").fetch(f"https://{written}:{host.port}/", MOST)
    assert host.connections == 0


def test_a_mapped_address_is_refused_even_where_the_loopback_is_allowed(
    host: WebHost, fetching: Fetching
) -> None:
    fetcher = fetching(resolve=lambda _host, _port: ["::ffff:127.0.0.1"])
    with refused("a mapped address"):
        fetcher.fetch(host.url("/", "tea.example"), MOST)
    assert host.connections == 0


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("file:///etc/passwd", "leads to file:///etc/passwd, which is refused: only https"),
        ("ftp://tea.example/", "leads to ftp://tea.example/, which is refused: only https"),
        ("http://8.8.8.8/", "leads to http://8.8.8.8/, which is refused: only https"),
        ("https://10.0.0.5/x?key=1", "leads to https://10.0.0.5/x, which is refused: .* private"),
        (
            "https://169.254.169.254/",
            "leads to .* is refused: 169.254.169.254 is a link-local address$",
        ),
        (
            "https://[::ffff:127.0.0.1]/",
            "leads to .* is refused: ::ffff:127.0.0.1 is a mapped address$",
        ),
        ("https://user:secret@tea.example/", "leads to https://tea.example/, which is refused"),
        ("https://[", "leads to .* it is no address"),
    ],
)
def test_every_redirect_is_checked(host: WebHost, fetching: Fetching, place: str, why: str) -> None:
    host.pages["/"] = Answer(status=302, headers={"Location": place})
    at = {"feeds.example": "127.0.0.1"}
    fetcher = fetching(resolve=lambda name, _port: [at.get(name, name)])
    with refused(f"^http://feeds.example:{host.port}/ {why}"):
        fetcher.fetch(host.url("/", "feeds.example"), MOST)
    assert [one.target for one in host.requests] == ["/"]


def test_a_second_look_up_changes_nothing(host: WebHost, fetching: Fetching) -> None:
    """The name is in public when it is checked, and inside when it is looked up again."""
    asked: list[str] = []

    def rebinding(name: str, _port: int) -> list[str]:
        asked.append(name)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.5"]

    host.pages["/"] = Answer(b"tea")
    fetcher = fetching(resolve=rebinding)
    url = host.url("/", "rebinding.invalid")  # which no resolver of the system's knows
    fetched = fetcher.fetch(url, MOST)
    assert isinstance(fetched, Fetched)
    assert (fetched.data, asked) == (b"tea", ["rebinding.invalid"])
    with refused("is at 10.0.0.5, a private address"):  # although a connection is kept
        fetcher.fetch(url, MOST)
    assert len(host.requests) == 1


def test_a_second_look_up_after_a_redirect_is_checked(host: WebHost, fetching: Fetching) -> None:
    places = iter(["127.0.0.1", "192.168.0.1"])
    host.pages["/"] = Answer(status=302, headers={"Location": "/again"})
    with refused("leads to .*/again, which is refused: tea.example is at 192.168.0.1"):
        fetching(resolve=lambda _host, _port: [next(places)]).fetch(
            host.url("/", "tea.example"), MOST
        )
    assert [one.target for one in host.requests] == ["/"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://me:secret@tea.example/feed", "a user's name, which is not sent"),
        ("https://me@tea.example/feed", "a user's name, which is not sent"),
        ("https://tea.example\\@10.0.0.5/feed", "a user's name, which is not sent"),
        ("https://tea.example:25/", "port 25 is another service's"),
        ("https://tea.example:80/", "port 80 is another service's"),
        ("https://tea.example:0/", "port 0 is another service's"),
        ("https://tea.example:99999/", "it is no address"),
        ("https://tea.example:ssh/", "it is no address"),
        ("https:///feed.xml", "it names no host"),
        ("https://?feed", "it names no host"),
        ("https://[fe80::1%25lo]/", "its host is no name"),
        ("https://tea..example/", "its host is no name"),
        ("https://" + "a" * 64 + ".example/", "its host is no name"),
        ("https://tea.example%00.evil/", "its host is no name"),
        ("https://tea example/", "its host is no name"),
        ("https://tea\\.example/", "its host is no name"),
        ("https://tea.example/a\r\nHost: b", "it has control characters"),
        ("https://tea.example/\x00", "it has control characters"),
        ("https://\ud800.example/", "its host is no name"),
        ("https://℀.example/", "it is no address"),
    ],
)
def test_addresses_that_are_none_are_refused(url: str, why: str) -> None:
    with refused(why):
        Fetcher("tests", resolve=lambda _host, _port: ["8.8.8.8"]).fetch(url, MOST)


@pytest.mark.parametrize("place", ["10.0.0.5", "::1", "169.254.169.254"])
def test_nothing_is_connected_to_that_is_refused(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: object) -> None:
        pytest.fail("it connected")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with refused("is at"):
        Fetcher("tests", resolve=lambda _host, _port: [place]).fetch("https://a.example/", MOST)
