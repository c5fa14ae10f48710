"""What is asked for, and what comes of an answer that is well."""

import gzip
import zlib
from collections.abc import Callable

import pytest

from bot.feeds.fetching import Fetched, Fetcher, FetchError, NotModified, Validators, user_agent
from tests.fakes.web_host import Answer, Handler, WebHost

Fetching = Callable[..., Fetcher]
MOST = 1_000_000
WORDS = b"<rss>tea</rss>" * 1000


def got(fetched: Fetched | NotModified) -> Fetched:
    assert isinstance(fetched, Fetched)
    return fetched


def test_a_file_comes_with_its_type_its_address_and_its_validators(
    host: WebHost, fetching: Fetching
) -> None:
    told = {
        "Content-Type": "Application/RSS+XML; charset=utf-8",
        "ETag": 'W/"7"',
        "Last-Modified": "Thu, 26 Nov 2026 21:00:00 GMT",
    }
    host.pages["/feed.xml"] = Answer(WORDS, headers=told)
    fetched = fetching().fetch(host.url("/feed.xml?key=1"), MOST)
    assert fetched == Fetched(
        WORDS,
        host.url("/feed.xml?key=1"),
        "application/rss+xml",
        Validators('W/"7"', "Thu, 26 Nov 2026 21:00:00 GMT"),
    )


def test_an_unchanged_file_is_asked_for_with_its_validators_and_not_sent_again(
    host: WebHost, fetching: Fetching
) -> None:
    def page(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == '"1"'
        handler.answer(Answer(status=304) if known else Answer(WORDS, headers={"ETag": '"1"'}))

    host.pages["/feed.xml"] = page
    fetcher = fetching()
    first = got(fetcher.fetch(host.url("/feed.xml"), MOST))
    assert fetcher.fetch(host.url("/feed.xml"), MOST, first.validators) == NotModified()
    assert [one.headers["If-None-Match"] for one in host.requests] == [None, '"1"']


def test_both_validators_are_sent(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(status=304)
    fetching().fetch(host.url(), MOST, Validators('"1"', "Thu, 26 Nov 2026 21:00:00 GMT"))
    assert host.requests[0].headers["If-None-Match"] == '"1"'
    assert host.requests[0].headers["If-Modified-Since"] == "Thu, 26 Nov 2026 21:00:00 GMT"


@pytest.mark.parametrize("etag", ['"' + "x" * 600 + '"', '"\xe9"', '"a\tb"', ""])
def test_validators_that_could_not_be_kept_or_sent_are_left_out(
    host: WebHost, fetching: Fetching, etag: str
) -> None:
    host.pages["/"] = Answer(WORDS, headers={"ETag": etag})
    assert got(fetching().fetch(host.url(), MOST)).validators == Validators()


def test_an_unasked_for_304_is_no_file(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(status=304)
    with pytest.raises(FetchError, match="answers 304"):
        fetching().fetch(host.url(), MOST)


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:])),
        ("deflate", zlib.compress),
        ("deflate", deflated),
        ("identity", bytes),
    ],
)
@pytest.mark.parametrize("form", ["whole", "chunked"])
def test_packed_files_are_unpacked(
    host: WebHost, fetching: Fetching, packing: str, pack: Callable[[bytes], bytes], form: str
) -> None:
    def page(handler: Handler) -> None:
        body = pack(WORDS)
        if form == "whole":
            handler.answer(Answer(body, headers={"Content-Encoding": packing}))
            return
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Encoding: {packing}\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        pieces = (body[at : at + 7] for at in range(0, len(body), 7))
        chunks = (b"%x;note=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        handler.raw(head.encode(), *chunks, b"0\r\nTrailer: 1\r\n\r\n")

    host.pages["/"] = page
    assert got(fetching().fetch(host.url(), MOST)).data == WORDS
    assert host.requests[0].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "snake\r\n oil"])
def test_packing_that_was_not_asked_for_is_told(
    host: WebHost, fetching: Fetching, packing: str
) -> None:
    host.pages["/"] = Answer(WORDS, headers={"Content-Encoding": packing})
    with pytest.raises(FetchError, match="packed in a way that was not asked for"):
        fetching().fetch(host.url(), MOST)


def test_a_body_without_a_length_ends_with_the_connection(
    host: WebHost, fetching: Fetching
) -> None:
    host.pages["/"] = lambda handler: handler.raw(b"HTTP/1.0 200 OK\r\n\r\n", WORDS)
    assert got(fetching().fetch(host.url(), MOST)).data == WORDS


def test_it_says_who_asks_and_for_what_and_nothing_else(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(WORDS, headers={"Set-Cookie": "id=1"})
    fetcher = fetching()
    fetcher.fetch(host.url(), MOST, accept="text/vtt")
    fetcher.fetch(host.url("/", "tea.example"), MOST)
    first, second = (dict(one.headers) for one in host.requests)
    assert first == {
        "Host": f"127.0.0.1:{host.port}",
        "User-Agent": "tests",
        "Accept-Encoding": "gzip, deflate",
        "Accept": "text/vtt",
    }
    assert second == {**first, "Host": f"tea.example:{host.port}", "Accept": "*/*"}


def test_a_user_agent_says_where_to_find_out_more() -> None:
    assert user_agent("https://bot.example") == "podcast-answer-bot (+https://bot.example)"
    assert (
        user_agent("https://bot.example/\r\nX: (é)")
        == "podcast-answer-bot (+https://bot.example/X:)"
    )
    assert user_agent(None) == "podcast-answer-bot"


def test_connections_are_kept_and_given_up_on_request(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(WORDS)
    fetcher = fetching()
    for _ in range(3):
        fetcher.fetch(host.url(), MOST)
    assert host.connections == 1
    fetcher.close()
    fetcher.fetch(host.url(), MOST)
    assert host.connections == 2


def test_proxies_of_the_environment_are_not_used(
    host: WebHost, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    host.pages["/"] = Answer(WORDS)
    assert got(fetching().fetch(host.url("/", "tea.example"), MOST)).data == WORDS


def test_paths_are_sent_as_a_browser_would(host: WebHost, fetching: Fetching) -> None:
    fetcher = fetching()
    for target in ("/Folge 1/tée.vtt?q=ä b#part", "/a%20b", "//two", "?only=query", ""):
        with pytest.raises(FetchError, match="404"):
            fetcher.fetch(f"http://tea.example:{host.port}{target}", MOST)
    assert [one.target for one in host.requests] == [
        "/Folge%201/t%C3%A9e.vtt?q=%C3%A4%20b",
        "/a%20b",
        "//two",
        "/?only=query",
        "/",
    ]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(host: WebHost, fetching: Fetching, status: int) -> None:
    host.pages["/old"] = Answer(b"moved", status, {"Location": "new?b=2"})
    host.pages["/new"] = Answer(WORDS)
    fetched = got(fetching().fetch(host.url("/old?a=1"), MOST))
    assert (fetched.data, fetched.url) == (WORDS, host.url("/new?b=2"))


def test_a_redirect_may_name_its_path_in_utf_8(host: WebHost, fetching: Fetching) -> None:
    place = b"HTTP/1.1 302 Found\r\nLocation: /t\xc3\xa9e\r\nContent-Length: 0\r\n\r\n"
    host.pages["/"] = lambda handler: handler.raw(place)
    host.pages["/t%C3%A9e"] = Answer(WORDS)
    assert got(fetching().fetch(host.url(), MOST)).data == WORDS


def test_five_redirects_are_followed_and_no_sixth(host: WebHost, fetching: Fetching) -> None:
    for number in range(9):
        host.pages[f"/{number}"] = Answer(status=302, headers={"Location": f"/{number + 1}"})
    host.pages["/5"] = Answer(WORDS)
    fetcher = fetching()
    assert got(fetcher.fetch(host.url("/0"), MOST)).data == WORDS
    host.pages["/5"] = Answer(status=302, headers={"Location": "/6"})
    before = len(host.requests)
    with pytest.raises(FetchError, match=r"/0 is redirected more than 5 times$"):
        fetcher.fetch(host.url("/0"), MOST)
    assert len(host.requests) - before == 6


def test_what_a_redirect_sends_is_not_read(host: WebHost, fetching: Fetching) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Encoding: gzip\r\n\r\n"
    host.pages["/"] = lambda handler: handler.drip(head, b"x" * 1000)
    host.pages["/new"] = Answer(WORDS)
    assert got(fetching().fetch(host.url(), MOST)).data == WORDS


def test_validators_are_sent_along_a_redirect(host: WebHost, fetching: Fetching) -> None:
    host.pages["/"] = Answer(status=301, headers={"Location": "/new"})
    host.pages["/new"] = Answer(status=304)
    assert fetching().fetch(host.url(), MOST, Validators('"1"')) == NotModified()
    assert host.requests[1].headers["If-None-Match"] == '"1"'
