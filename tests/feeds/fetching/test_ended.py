"""What is ended at its limit, which the error names: too large, too slow, without end."""

import gzip
import socket
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from bot.feeds.fetching import FEED_BYTES, TRANSCRIPT_BYTES, Fetched, Fetcher, FetchError, Limits
from tests.fakes.web_host import Answer, Handler, WebHost

Fetching = Callable[..., Fetcher]
MB = 1_000_000
HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
SHORT = Limits(connect=5, whole=0.2)


def bomb(size: int) -> bytes:
    """Return zeros, packed a thousandfold."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    return b"".join([*(packer.compress(bytes(MB)) for _ in range(size // MB)), packer.flush()])


def test_the_limits_are_those_that_were_set() -> None:
    assert (FEED_BYTES, TRANSCRIPT_BYTES) == (20 * MB, 10 * MB)
    assert Limits() == Limits(connect=10, whole=60, redirects=5)


@pytest.mark.parametrize("form", ["with a length", "without one", "in chunks"])
def test_a_feed_of_25_mb_is_ended(host: WebHost, fetching: Fetching, form: str) -> None:
    def page(handler: Handler) -> None:
        piece = bytes(MB)
        if form == "with a length":
            handler.raw(HEAD, b"Content-Length: 25000000\r\n\r\n", *[piece] * 25)
        elif form == "without one":
            handler.raw(HEAD, b"\r\n", *[piece] * 25)
        else:
            handler.raw(CHUNKED, *[b"%x\r\n%s\r\n" % (MB, piece)] * 25, b"0\r\n\r\n")

    host.pages["/feed.xml"] = page
    host.pages["/next.xml"] = Answer(b"<rss/>")
    fetcher = fetching()
    with pytest.raises(FetchError, match=r"/feed\.xml is larger than 20 MB$"):
        fetcher.fetch(host.url("/feed.xml"), FEED_BYTES)
    assert isinstance(fetcher.fetch(host.url("/next.xml"), FEED_BYTES), Fetched)


def test_the_limit_itself_is_not_too_much(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(bytes(1000))
    host.pages["/packed"] = Answer(gzip.compress(bytes(1000)), headers={"Content-Encoding": "gzip"})
    for path in ("/", "/packed"):
        assert isinstance(fetching().fetch(host.url(path), 1000), Fetched)
        with pytest.raises(FetchError, match=r"is larger than 0\.000999 MB"):
            fetching().fetch(host.url(path), 999)


def deflated(size: int) -> bytes:
    return zlib.compress(bytes(size), 9)


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", bomb(100 * MB)),
        ("gzip", gzip.compress(bytes(MB)) * 100),  # in many members
        ("deflate", deflated(100 * MB)),
    ],
    ids=["gzip", "members", "deflate"],
)
def test_a_bomb_is_ended_before_it_is_unpacked(
    host: WebHost, fetching: Fetching, packing: str, body: bytes
) -> None:
    host.pages["/"] = Answer(body, headers={"Content-Encoding": packing})
    fetcher = fetching()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        with pytest.raises(FetchError, match="is larger than 2 MB"):
            fetcher.fetch(host.url(), 2 * MB)
        assert tracemalloc.get_traced_memory()[1] - before < 6 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 ", b"2"),
        (HEAD + b"X-Slow: ", b"x"),
        (HEAD, b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Length: 1000\r\n\r\n", b"x"),
        (CHUNKED, b"1\r\nx\r\n"),
        (CHUNKED, b"0"),  # a length of a chunk that does not end
        (CHUNKED + b"1", b";x"),
        (CHUNKED + b"1\r\nx\r\n0\r\n", b"Trailer: x\r\n"),
        (PACKED, gzip.compress(b"")),  # unpacks to nothing, for ever
        (b"HTTP/1.1 302 Found\r\nLocation: ", b"/"),
    ],
    ids=lambda piece: repr(piece[-12:]),
)
def test_a_server_that_sends_a_little_at_a_time_is_ended(
    host: WebHost, fetching: Fetching, before: bytes, piece: bytes
) -> None:
    host.pages["/slow.xml"] = lambda handler: handler.drip(before, piece)
    with pytest.raises(FetchError, match=r"/slow\.xml takes longer than 0\.2 s$"):
        fetching(SHORT).fetch(host.url("/slow.xml"), MB)


@pytest.mark.parametrize("before", [b"", HEAD, HEAD + b"\r\n", CHUNKED + b"5\r\nab"])
def test_a_server_that_falls_silent_is_ended(
    host: WebHost, fetching: Fetching, before: bytes
) -> None:
    host.pages["/"] = lambda handler: handler.hang(before)
    with pytest.raises(FetchError, match=r"takes longer than 0\.2 s"):
        fetching(SHORT).fetch(host.url(), MB)


def test_no_piece_has_more_time_than_is_left(host: WebHost, fetching: Fetching) -> None:
    """The last piece would come within the time of one, counted from the piece before."""

    def page(handler: Handler) -> None:
        for piece in (HEAD + b"Content-Length: 2\r\n\r\n", b"a", b"b"):
            handler.server.host.stopping.wait(0.3)
            handler.wfile.write(piece)

    host.pages["/"] = page
    with pytest.raises(FetchError, match=r"takes longer than 0\.7 s"):
        fetching(Limits(whole=0.7)).fetch(host.url(), MB)


def test_what_says_that_it_is_too_large_is_not_waited_for(
    host: WebHost, fetching: Fetching
) -> None:
    host.pages["/"] = lambda handler: handler.hang(HEAD + b"Content-Length: 25000000\r\n\r\n")
    with pytest.raises(FetchError, match="is larger than 20 MB"):
        fetching(SHORT).fetch(host.url(), FEED_BYTES)


def test_a_server_that_never_ends_is_ended_by_size(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = lambda handler: handler.drip(HEAD + b"\r\n", bytes(MB), 0)
    with pytest.raises(FetchError, match="is larger than 20 MB"):
        fetching().fetch(host.url(), FEED_BYTES)


def test_the_time_is_that_of_all_redirects_together(host: WebHost, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.server.host.stopping.wait(0.08)
        handler.answer(Answer(status=302, headers={"Location": "/again"}))

    host.pages["/"] = host.pages["/again"] = page
    with pytest.raises(FetchError, match=r"leads to .*/again, which takes longer than 0\.2 s"):
        fetching(SHORT).fetch(host.url(), MB)
    assert 2 <= len(host.requests) <= 3


def test_a_kept_connection_has_the_whole_time_again(host: WebHost, fetching: Fetching) -> None:
    def page(handler: Handler) -> None:
        handler.server.host.stopping.wait(0.15)
        handler.answer(Answer(b"tea"))

    host.pages["/"] = page
    fetcher = fetching(Limits(whole=0.6))
    for _ in range(6):
        assert isinstance(fetcher.fetch(host.url(), MB), Fetched)
    assert host.connections == 1


@contextmanager
def full(address: str, port: int = 0) -> Iterator[int]:
    """Listen at a port whose queue is full: whoever connects waits."""
    with ExitStack() as opened:
        listening = opened.enter_context(socket.socket())
        listening.bind((address, port))
        listening.listen(0)
        for _ in range(4):
            waiting = opened.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(listening.getsockname())
        yield int(listening.getsockname()[1])


def test_a_host_that_does_not_take_the_connection_is_ended(fetching: Fetching) -> None:
    with full("127.0.0.1") as port:
        fetcher = fetching(Limits(connect=0.1, whole=5))
        with pytest.raises(FetchError, match=r"does not answer within 0\.1 s"):
            fetcher.fetch(f"http://tea.example:{port}/", MB)


def test_the_next_address_of_a_host_is_tried(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(b"tea")
    with full("127.0.0.3", host.port):
        fetcher = fetching(
            Limits(connect=1, whole=1),  # neither may use up the time of those after it
            resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.3", "127.0.0.1"],
        )
        assert isinstance(fetcher.fetch(host.url("/", "tea.example"), MB), Fetched)
