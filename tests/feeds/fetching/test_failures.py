"""What a server says instead of the file, and what is told of it, without what may be a key."""

import logging
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.fetching import Fetched, Fetcher, FetchError, Limits, NotModified, Validators, shown
from tests.fakes.web_host import Answer, Handler, WebHost

Fetching = Callable[..., Fetcher]
MOST = 100_000


def failed(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as told:
        fetcher.fetch(url, MOST)
    return told.value


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (404, "answers 404 (Not Found)"),
        (500, "answers 500 (Internal Server Error)"),
        (401, "answers 401 (Unauthorized)"),
        (204, "answers 204 (No Content)"),
        (206, "answers 206 (Partial Content)"),
        (302, "answers 302 (Found)"),  # without saying where
        (799, "answers 799 (no known status)"),
    ],
)
def test_a_status_is_told_with_the_address_but_not_its_query(
    host: WebHost, fetching: Fetching, status: int, what: str
) -> None:
    host.pages["/feed.xml"] = Answer(b"<html>secret</html>", status)
    error = failed(fetching(), host.url("/feed.xml?key=secret#secret"))
    assert str(error) == f"http://127.0.0.1:{host.port}/feed.xml {what}"
    assert error.url_shown == f"http://127.0.0.1:{host.port}/feed.xml"
    assert (error.gone, error.wait, error.refused) == (False, None, False)


def test_what_is_gone_is_gone_for_good(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(status=302, headers={"Location": "/feed.xml?key=secret"})
    host.pages["/feed.xml"] = Answer(status=410)
    error = failed(fetching(), host.url("/?key=secret"))
    assert error.gone
    at = f"http://127.0.0.1:{host.port}"
    assert str(error) == f"{at}/ leads to {at}/feed.xml, which is gone for good (410)"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 24 * 3600),
        ("9" * 5000, 24 * 3600),
        ("Thu, 26 Nov 2015 21:00:00 GMT", 0),
        ("Thu, 26 Nov 9999999999 21:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_server_that_wants_to_be_left_alone_says_how_long(
    host: WebHost, fetching: Fetching, status: int, after: str | None, seconds: float | None
) -> None:
    host.pages["/"] = Answer(status=status, headers={} if after is None else {"Retry-After": after})
    error = failed(fetching(), host.url())
    assert str(error).endswith(f"/ asks to be left alone for now ({status})")
    assert error.wait == seconds


def test_it_may_say_until_when(host: WebHost, fetching: Fetching) -> None:
    until = datetime.now(UTC) + timedelta(seconds=600)
    headers = {"Retry-After": format_datetime(until, usegmt=True)}
    host.pages["/"] = Answer(status=503, headers=headers)
    wait = failed(fetching(), host.url()).wait
    assert wait is not None
    assert 500 < wait <= 600


def test_others_may_not_ask_to_be_left_alone(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(status=404, headers={"Retry-After": "120"})
    assert failed(fetching(), host.url()).wait is None


def test_a_name_that_nobody_knows_is_told(fetching: Fetching) -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise OSError

    def nothing(_host: str, _port: int) -> list[str]:
        return []

    for resolve in (nowhere, nothing):
        error = failed(fetching(resolve=resolve), "https://tea.invalid/feed?key=secret")
        assert str(error) == "https://tea.invalid/feed has a host that is not known: tea.invalid"
        assert not error.refused


def test_the_systems_resolver_does_not_know_it_either() -> None:
    error = failed(Fetcher("tests"), "https://tea.invalid/feed")
    assert "has a host that is not known: tea.invalid" in str(error)


def test_a_closed_port_is_told(fetching: Fetching) -> None:
    with WebHost() as closed:
        url = closed.url("/feed.xml?key=secret")
        closed_at = closed.url("/feed.xml")
    assert str(failed(fetching(), url)) == f"{closed_at} cannot be reached: Connection refused"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2p1\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:60]),
)
def test_an_answer_that_breaks_off_or_is_none_is_told(
    host: WebHost, fetching: Fetching, sent: bytes
) -> None:
    host.pages["/"] = lambda handler: handler.raw(sent)
    what = "/ breaks off, or answers as no web server does"
    assert str(failed(fetching(), host.url())).endswith(what)


def test_two_lengths_are_told(host: WebHost, fetching: Fetching) -> None:
    sent = b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nabcde"
    host.pages["/"] = lambda handler: handler.raw(sent)
    said = ""
    try:  # a traceback that is kept would keep the socket too, which urllib3 leaves to be collected
        fetching().fetch(host.url(), MOST)
    except FetchError as error:
        said = str(error)
    assert said.endswith("answers as no web server does")


def test_what_is_not_packed_as_it_says_is_told(host: WebHost, fetching: Fetching) -> None:
    for packing in ("gzip", "deflate"):
        host.pages["/"] = Answer(b"\xff<rss/>", headers={"Content-Encoding": packing})
        assert str(failed(fetching(), host.url())).endswith("/ cannot be unpacked")


def test_a_login_page_comes_as_what_it_is(host: WebHost, fetching: Fetching) -> None:
    """Who reads it tells what it holds."""
    told = {"Content-Type": "text/html; charset=utf-8"}
    host.pages["/"] = Answer(b"<html><form>", headers=told)
    fetched = fetching().fetch(host.url(), MOST)
    assert isinstance(fetched, Fetched)
    assert (fetched.type, fetched.data) == ("text/html", b"<html><form>")


def test_no_log_line_holds_a_query(
    host: WebHost, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("urllib3").handlers.clear()
    broken = b"HTTP/1.1 200 OK\r\nbroken header\r\nX: y\r\nContent-Length: 1\r\n\r\nx"
    host.pages["/"] = lambda handler: handler.raw(broken)
    fetching().fetch(host.url("/?key=secret"), MOST)
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://tea.example/a/b.xml?key=1#x", "https://tea.example/a/b.xml"),
        ("https://me:pass@tea.example/a", "https://tea.example/a"),
        ("https://me:p@ss@tea.example/a", "https://tea.example/a"),
        ("https://tea.example/@show/feed", "https://tea.example/@show/feed"),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("me:pass@tea.example/a", "me:tea.example/a"),
        ("https:\\\\me:pass@tea.example", "https:%5C%5Ctea.example"),
        ("https://[?key=1", "https://["),
        ("https://tea.example/\u202e<script>", "https://tea.example/%E2%80%AE%3Cscript%3E"),
        ("https://tea.example/\ud800\r\n", "https://tea.example/%3F"),
        ("https://tea.example/" + "a" * 999, "https://tea.example/" + "a" * 280 + "…"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_keys_and_in_plain_characters(url: str, told: str) -> None:
    assert shown(url) == told


@given(st.text(max_size=60), st.text(max_size=40))
def test_neither_query_nor_user_info_is_ever_shown(before: str, secret: str) -> None:
    marked = f"key{secret}key"
    assert "key" not in shown(f"https://tea.example/?{marked}")
    assert "key" not in shown(
        f"https://me:{marked.replace('/', '').replace(chr(92), '')}@x/".replace("?", "").replace(
            "#", ""
        )
    )
    assert shown(before).isascii() or shown(before).endswith("…")


def hostile(chance: random.Random) -> bytes:
    """Return an answer put together from what servers send, and from what none does."""
    lines = [
        chance.choice(
            [b"HTTP/1.1 200 OK", b"HTTP/1.0 304 X", b"HTTP/1.1 302", b"HTTP/9 200", b"\0"]
        ),
        *chance.choices(
            [
                b"Content-Length: 5",
                b"Content-Length: -1",
                b"Transfer-Encoding: chunked",
                b"Transfer-Encoding: gzip, chunked",
                b"Content-Encoding: gzip",
                b"Content-Encoding: deflate",
                b"Location: " + chance.randbytes(9),
                b"Location: //[",
                b"Location: https://10.0.0.5/",
                b"Content-Type: \xff;\xfe",
                b"ETag: \xff\x00",
                b"Retry-After: \xb2",
                b" folded",
                b": nothing",
                chance.randbytes(20),
            ],
            k=chance.randrange(5),
        ),
        b"",
        chance.choice([b"5\r\nabcde\r\n0\r\n\r\n", b"abcde", chance.randbytes(50), b""]),
    ]
    return b"\r\n".join(lines)


@pytest.mark.slow
def test_a_thousand_hostile_answers_are_files_or_errors_of_the_bots(
    host: WebHost, fetching: Fetching
) -> None:
    chance = random.Random(7)  # noqa: S311 - for tests
    sent = b""

    def page(handler: Handler) -> None:
        handler.raw(sent)

    host.pages["/"] = page
    fetcher = fetching(Limits(whole=5), resolve=lambda name, _port: [name])
    outcomes = {"file": 0, "same": 0, "error": 0}
    for _ in range(1000):
        sent = hostile(chance)
        try:
            got = fetcher.fetch(host.url(), MOST, Validators('"1"'))
        except FetchError:
            outcomes["error"] += 1
        else:
            outcomes["same" if isinstance(got, NotModified) else "file"] += 1
    assert min(outcomes.values()) > 50, outcomes
