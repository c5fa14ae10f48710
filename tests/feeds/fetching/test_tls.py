"""With TLS: the connection goes to the address that was checked, and the name is verified there."""

import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.feeds.fetching import Fetched, Fetcher, FetchError, Limits
from tests.fakes.certificates import Authority
from tests.fakes.web_host import Answer, WebHost

Fetching = Callable[..., Fetcher]
MOST = 1000
PAGES = {"/": Answer(b"tea")}


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that is trusted."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    return made


def test_the_name_is_verified_at_the_address_that_was_checked(
    authority: Authority, fetching: Fetching
) -> None:
    context = authority.server("tea.invalid")  # which no resolver of the system's knows
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    with WebHost(PAGES, context=context) as host:
        fetcher = fetching()
        for name in ("tea.invalid", "TEA.invalid", "tea.invalid."):
            fetched = fetcher.fetch(host.url("/", name), MOST)
            assert isinstance(fetched, Fetched)
            assert fetched.data == b"tea"
        assert host.requests[0].headers["Host"] == f"tea.invalid:{host.port}"
    assert set(named) == {"tea.invalid"}


def test_another_hosts_connection_is_not_used_for_a_name(
    authority: Authority, fetching: Fetching
) -> None:
    """Both are at the same address, but the certificate is of one of them."""
    with WebHost(PAGES, context=authority.server("tea.invalid")) as host:
        fetcher = fetching()
        fetcher.fetch(host.url("/", "tea.invalid"), MOST)
        with pytest.raises(FetchError, match="certificate that does not hold: Hostname mismatch"):
            fetcher.fetch(host.url("/", "milk.invalid"), MOST)
        assert len(host.requests) == 1


def test_a_name_inside_the_address_of_an_ip_is_verified_too(
    authority: Authority, fetching: Fetching
) -> None:
    with (
        WebHost(PAGES, context=authority.server("tea.invalid")) as host,
        pytest.raises(FetchError, match="certificate that does not hold: IP address mismatch"),
    ):
        fetching().fetch(host.url(), MOST)


def test_a_certificate_that_is_over_is_told(authority: Authority, fetching: Fetching) -> None:
    over = authority.server("tea.invalid", valid_for=timedelta(days=-1))
    with WebHost(PAGES, context=over) as host:
        with pytest.raises(FetchError) as told:
            fetching().fetch(host.url("/feed.xml?key=secret", "tea.invalid"), MOST)
        assert host.requests == []
    what = "has a certificate that does not hold: certificate has expired"
    assert str(told.value) == f"https://tea.invalid:{host.port}/feed.xml {what}"


def test_a_certificate_of_nobody_that_is_trusted_is_told(
    tmp_path: Path, fetching: Fetching
) -> None:
    with (
        WebHost(PAGES, context=Authority(tmp_path).server("tea.invalid")) as host,
        pytest.raises(FetchError, match="certificate that does not hold: unable to get local"),
    ):
        fetching().fetch(host.url("/", "tea.invalid"), MOST)


def test_old_tls_is_not_spoken(authority: Authority, fetching: Fetching) -> None:
    context = authority.server("tea.invalid")
    with pytest.warns(DeprecationWarning, match="TLSv1_1 is deprecated"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        WebHost(PAGES, context=context) as host,
        pytest.raises(FetchError, match="does not speak TLS as it should"),
    ):
        fetching().fetch(host.url("/", "tea.invalid"), MOST)


def test_a_server_without_tls_is_told(host: WebHost, fetching: Fetching) -> None:
    with pytest.raises(FetchError, match="does not speak TLS as it should"):
        fetching(Limits(connect=1, whole=1)).fetch(f"https://tea.invalid:{host.port}/", MOST)
    assert host.requests == []


def test_a_redirect_from_https_to_http_is_refused(authority: Authority, fetching: Fetching) -> None:
    moved = Answer(status=301, headers={"Location": "http://milk.invalid/"})
    with WebHost({"/": moved}, context=authority.server("tea.invalid")) as host:
        fetcher = fetching(
            resolve=lambda name, _port: ["127.0.0.1" if name == "tea.invalid" else "8.8.8.8"]
        )
        with pytest.raises(FetchError, match="which is refused: only https is fetched"):
            fetcher.fetch(host.url("/", "tea.invalid"), MOST)


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_slow_server_is_ended_with_tls_too(
    authority: Authority, fetching: Fetching, before: bytes
) -> None:
    with WebHost(context=authority.server("tea.invalid")) as host:
        host.pages["/"] = lambda handler: handler.drip(before, b"x")
        with pytest.raises(FetchError, match=r"takes longer than 0\.3 s"):
            fetching(Limits(whole=0.3)).fetch(host.url("/", "tea.invalid"), MOST)


def test_a_handshake_that_does_not_end_is_ended(fetching: Fetching) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://tea.invalid:{silent.getsockname()[1]}/"
        with pytest.raises(FetchError, match=r"does not answer within 0\.1 s"):
            fetching(Limits(connect=0.1, whole=5)).fetch(url, MOST)
