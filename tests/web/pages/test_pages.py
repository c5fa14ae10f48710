"""What the pages answer, request by request."""

import gzip
import html
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Semaphore
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from bot.answers import Answerer, NoAnswer, Quote, ready
from bot.episodes import load
from bot.links import Links
from bot.web.pages.searching import AT_ONCE
from tests.web.pages.conftest import ROOT, site_of
from tests.web.pages.talks import AUDIO, write

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HOSTILE = "<script>alert(1)</script> \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe <!channel> &amp; ../../etc"


def path_of(address: str | None) -> str:
    """An address as a browser sends it: without host and fragment."""
    parts = urlsplit(address or "")
    return f"{parts.path}?{parts.query}"


def quote_of(answerer: Answerer, slug: str = "tea", at: int = 20) -> Quote:
    """A quote that the bot could have made: the first sentence of a turn."""
    library = answerer.library
    place = library.place(slug)
    assert place is not None
    episode = library.episodes[place]
    start = episode.turns[at].paragraphs[0].start
    end = episode.text.index(".", start) + 1
    found = answerer.quote(slug, episode.digest, start, end)
    assert found is not None
    return found


def marked(page: str) -> str:
    return html.unescape(" ".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page)))


@pytest.mark.parametrize("slug", ["bread", "tea", "soup", "salt"])
def test_a_quotes_link_opens_its_episode_with_the_quote_marked(
    browser: FlaskClient, answerer: Answerer, signed: Links, slug: str
) -> None:
    quote = quote_of(answerer, slug)
    shown = browser.get(path_of(signed.to(quote)))
    assert shown.status_code == 200
    page = shown.get_data(as_text=True)
    assert marked(page) == quote.text
    assert page.count('id="quote"') == 1
    listen = html.escape(quote.listen or "")
    assert listen
    assert re.search(rf'</mark> <a class="time" href="{re.escape(listen)}" target="_blank" '
                     r'rel="noreferrer noopener">', page)  # fmt: skip


def test_a_page_shows_who_when_and_what(browser: FlaskClient, signed: Links) -> None:
    page = browser.get(path_of(signed.episode("tea"))).get_data(as_text=True)
    assert '<h1 dir="auto">On tea</h1>' in page
    assert "Kitchen Talks · Episode 2 · 15 January 2026 · 2" in page
    assert "With <bdi>Ada Park</bdi>, <bdi>Ben Ode</bdi>" in page
    assert page.count('class="turn"') == 60
    assert re.findall(r"<bdi>(Cup \d)</bdi></a></li>", page) == [f"Cup {n}" for n in range(1, 5)]
    assert "a recording with inserted advertisements may run a little later" in page
    assert page.count(f'href="{AUDIO}#t=') == 60
    assert "<mark" not in page


def test_without_times_there_is_no_word_of_them(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Ada: It is late.\n\nBen: So it is.\n\nAda: Yes.\n", "utf-8")
    with site_of(ready(load(tmp_path), tmp_path), Links(ROOT, "public")) as site:
        page = site.test_client().get("/e/talk").get_data(as_text=True)
    assert "advertisements" not in page
    assert 'class="time"' not in page
    assert "contents" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_takeaways_sheet_and_closing_line_are_shown() -> None:
    knowledge = Path(__file__).parents[3] / "knowledge"
    with site_of(ready(load(knowledge), knowledge), Links(ROOT, "public")) as site:
        page = site.test_client().get("/e/episode-02").get_data(as_text=True)
    assert page.count("where it is said") == 8
    assert page.count("<dt ") == 13
    assert "Next Episode" in page
    assert "How LLMs actually work</h2>" in page
    for name in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{name}"' in page


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"at": "5-2"}, 400, "names no place"),
        ({"at": "2-2"}, 400, "names no place"),
        ({"at": "x-y"}, 400, "names no place"),
        ({"at": "-1-5"}, 400, "names no place"),
        ({"at": "0-99999999999999999999"}, 400, "names no place"),
        ({"at": "9000000-9000001"}, 400, "names no place"),
        ({"at": ""}, 400, "names no place"),
        ({"v": "../../etc/pa"}, 400, "names no place"),
        ({"v": ""}, 400, "names no place"),
        ({"words": "1-zz"}, 400, "names no place"),
        ({"s": ""}, 403, "opens with a link from Slack"),
        ({"s": "forged"}, 403, "opens with a link from Slack"),
        ({"s": "aaaaaa." + "a" * 43}, 403, "opens with a link from Slack"),
    ],
)  # fmt: skip
def test_a_bad_address_gets_a_plain_sentence(
    browser: FlaskClient,
    answerer: Answerer,
    signed: Links,
    change: dict[str, str],
    status: int,
    says: str,
) -> None:
    parts = urlsplit(signed.to(quote_of(answerer)) or "")
    told = browser.get(parts.path, query_string=dict(parse_qsl(parts.query)) | change)
    assert told.status_code == status
    page = told.get_data(as_text=True)
    assert says in page
    assert "<style>" in page
    assert told.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    ["/e/../../etc/passwd", "/e/..%2F..%2Fetc%2Fpasswd", "/e/%00", "/e/tea/../soup", "/e/tea/",
     "/e/tea%0d%0aSet-Cookie:a=b", "/e/" + "a" * 3000, "/e/none"],
)  # fmt: skip
def test_what_is_no_episode_is_said_to_be_none(
    anybody: FlaskClient, browser: FlaskClient, path: str
) -> None:
    told = anybody.get(path, headers=BROWSER, follow_redirects=True)
    assert told.status_code == 404
    assert "There is no such" in told.get_data(as_text=True)
    assert browser.get(path, follow_redirects=True).status_code in (403, 404)


@pytest.mark.parametrize("path", ["//", "/e//tea", "//e/tea", "//evil.example/", "/e/tea//"])
def test_nobody_is_led_anywhere(anybody: FlaskClient, path: str) -> None:
    """A redirect would repeat the host that a request names, and the signature by http."""
    told = anybody.get("/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "evil.example"})
    assert told.status_code in {200, 404}
    assert "Location" not in told.headers


def test_a_stranger_is_not_told_which_episodes_there_are(browser: FlaskClient) -> None:
    told = [browser.get(f"/e/{slug}") for slug in ("tea", "none")]
    assert [one.status_code for one in told] == [403, 403]
    assert told[0].data == told[1].data


def test_another_episodes_signature_does_not_open_this_one(
    browser: FlaskClient, signed: Links
) -> None:
    other = urlsplit(signed.episode("soup") or "").query
    assert browser.get(f"/e/tea?{other}").status_code == 403
    assert browser.get(f"/e/soup?{other}").status_code == 200


def test_an_expired_link_says_so(browser: FlaskClient) -> None:
    old = Links(ROOT, "signed", ["new"], clock=lambda: 1.0)
    told = browser.get(path_of(old.episode("tea")))
    assert told.status_code == 403
    assert "This link has expired" in told.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/search", "/search?q=tea", "/glossary"])
def test_what_goes_over_all_episodes_is_open_only_where_pages_are_public(
    browser: FlaskClient, anybody: FlaskClient, path: str
) -> None:
    assert browser.get(path).status_code == 403
    assert anybody.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/?page=2", "/?page=999999", "/glossary?page=2"])
def test_a_list_has_no_page_behind_its_last(anybody: FlaskClient, path: str) -> None:
    assert anybody.get(path).status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "9" * 5000, "١"])
def test_a_page_has_a_number(anybody: FlaskClient, number: str) -> None:
    assert anybody.get("/", query_string={"page": number}).status_code == 400


def test_the_library_is_paged_the_newest_first(tmp_path: Path) -> None:
    for number in range(1, 121):
        folder = tmp_path / f"e{number}"
        folder.mkdir()
        (folder / "t.txt").write_text(
            f"Ada: It is day {number}.\n\nBen: So it is.\n\nAda: Yes.\n", "utf-8"
        )
        (folder / "episode.yaml").write_text(f"number: {number}\ntitle: Day {number}\n", "utf-8")
    with site_of(ready(load(tmp_path), tmp_path), Links(ROOT, "public")) as site:
        browser = site.test_client()
        pages = [browser.get(f"/?page={n}").get_data(as_text=True) for n in (1, 2, 3)]
    days = [int(day) for page in pages for day in re.findall(r"<bdi>Day (\d+)</bdi>", page)]
    assert days == list(range(120, 0, -1))
    assert [page.count('rel="next"') for page in pages] == [1, 1, 0]
    assert [page.count('rel="prev"') for page in pages] == [0, 1, 1]


def test_search_shows_what_ask_shows_and_leads_there(
    anybody: FlaskClient, answerer: Answerer
) -> None:
    asked = quote_of(answerer, "soup", 31).text
    page = anybody.get("/search", query_string={"q": asked}).get_data(as_text=True)
    answer = answerer.ask(asked)
    quotes = getattr(answer, "quotes", ())
    assert quotes
    found = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page)
    assert [html.unescape(one) for one in found] == [quote.shown for quote in quotes]
    for address, quote in zip(re.findall(r'href="(/e/[^"#]+)#quote"', page), quotes, strict=True):
        opened = anybody.get(html.unescape(address)).get_data(as_text=True)
        assert marked(opened) == quote.text


def test_a_declined_search_says_so_and_offers_what_is_near(
    anybody: FlaskClient, answerer: Answerer
) -> None:
    asked = "who won the football world cup in 1974?"
    page = anybody.get("/search", query_string={"q": asked}).get_data(as_text=True)
    declined = answerer.ask(asked)
    assert isinstance(declined, NoAnswer)
    assert declined.reply in html.unescape(page)
    assert len(declined.near) == html.unescape(page).count(">Read in context<") > 0
    assert "<blockquote" not in page


def test_a_list_stands_whole_and_counts_as_the_episode_does() -> None:
    knowledge = Path(__file__).parents[3] / "knowledge"
    with site_of(ready(load(knowledge), knowledge), Links(ROOT, "public")) as site:
        page = site.test_client().get("/search?q=takeaways").get_data(as_text=True)
    assert re.findall(r'<li value="(\d)"><a href="/e/episode-02\?', page) == list("12345678")


def test_what_is_searched_is_kept_nowhere_and_found_by_no_search_engine(
    anybody: FlaskClient,
) -> None:
    headers = anybody.get("/search?q=tea").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "ETag" not in headers


def test_searches_leave_the_other_threads_to_slack(talks: Path) -> None:
    begun, ended = Semaphore(0), Event()

    class Slow(Answerer):
        def ask(self, *told: Any, **more: Any) -> Any:
            begun.release()
            assert ended.wait(60)
            return super().ask(*told, **more)

    def search() -> int:
        return site.test_client().get("/search?q=tea").status_code

    with (
        site_of(Slow(load(talks)), Links(ROOT, "public")) as site,
        ThreadPoolExecutor(AT_ONCE) as readers,
    ):
        under_way = [readers.submit(search) for _ in range(AT_ONCE)]
        for _ in under_way:
            assert begun.acquire(timeout=60)
        refused = site.test_client().get("/search?q=tea")
        assert site.test_client().get("/e/tea").status_code == 200
        ended.set()
        assert [one.result() for one in under_way] == [200] * AT_ONCE
        assert search() == 200
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "Many people are searching" in refused.get_data(as_text=True)


@pytest.mark.parametrize("asked", [HOSTILE, "\ud800", "x" * 5000, "'\"><img src=x>", "\0"])
def test_whatever_is_searched_is_shown_as_text(anybody: FlaskClient, asked: str) -> None:
    told = anybody.get("/search", query_string={"q": asked.encode("utf-8", "replace")})
    assert told.status_code == 200
    page = told.get_data(as_text=True)
    assert "<script" not in page
    assert "<img" not in page


def test_the_glossary_has_the_terms_of_all_sheets() -> None:
    knowledge = Path(__file__).parents[3] / "knowledge"
    answerer = ready(load(knowledge), knowledge)
    with site_of(answerer, Links(ROOT, "public")) as site:
        page = site.test_client().get("/glossary").get_data(as_text=True)
        terms = re.findall(r"<dt[^>]*>(.*?)</dt>", page)
        assert len(terms) == 13
        assert terms == sorted(terms, key=str.casefold)
        address = re.findall(r'href="(/e/[^"#]+)#quote"', page)[0]
        opened = site.test_client().get(html.unescape(address)).get_data(as_text=True)
        assert marked(opened) == html.unescape(re.findall(r'<span dir="auto">(.*?)<', page)[0])


def test_hostile_titles_and_names_are_text(tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    told = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    (folder / "t.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada &lt;b&gt;>It &lt;i&gt;is&lt;/i&gt; late.\n\n"
        "00:03.000 --> 00:04.000\n<v Ben>So it is.\n", "utf-8"
    )  # fmt: skip
    (folder / "episode.yaml").write_text(
        f'show: "{told}"\ntitle: "{told}"\nlanguage: \'en" onclick="x\'\n'
        f'hosts: [{{name: "{told}", role: "{told}"}}]\n'
        "audio: https://audio.example/a.mp3?a=1&b=2\n", "utf-8"
    )  # fmt: skip
    library = load(tmp_path)
    assert not library.faults
    with site_of(ready(library, tmp_path), Links(ROOT, "public")) as site:
        for path in ("/", "/e/hostile", "/search?q=late"):
            page = site.test_client().get(path).get_data(as_text=True)
            assert "<script" not in page
            assert "<i>" not in page
            assert "onclick=" not in page
            [title] = re.findall(r"<title>(.*?)</title>", page)
            assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in title


def test_pages_carry_what_keeps_them_quiet(browser: FlaskClient, signed: Links) -> None:
    headers = browser.get(path_of(signed.episode("tea"))).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in headers


def test_only_public_pages_may_be_indexed(anybody: FlaskClient) -> None:
    told = anybody.get("/e/tea")
    assert "X-Robots-Tag" not in told.headers
    assert b"noindex" not in told.data
    assert b"noindex" in anybody.get("/e/none").data


def test_a_page_is_packed_for_whoever_takes_it(anybody: FlaskClient) -> None:
    plain = anybody.get("/e/tea")
    packed = anybody.get("/e/tea", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    refused = anybody.get("/e/tea", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_an_unchanged_page_is_not_sent_again(anybody: FlaskClient, answerer: Answerer) -> None:
    tag = anybody.get("/e/tea").headers["ETag"]
    again = anybody.get("/e/tea", headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    other = anybody.get("/e/soup", headers={"If-None-Match": tag})
    assert other.status_code == 200
    place = path_of(Links("", "public").to(quote_of(answerer)))
    assert anybody.get(place, headers={"If-None-Match": tag}).status_code == 200


def test_a_signature_counts_for_an_unchanged_page_too(browser: FlaskClient, signed: Links) -> None:
    tag = browser.get(path_of(signed.episode("tea"))).headers["ETag"]
    assert browser.get("/e/tea", headers={"If-None-Match": tag}).status_code == 403


def test_who_reads_too_much_is_told_when_to_come_back(answerer: Answerer) -> None:
    with site_of(answerer, Links(ROOT, "public"), per_minute=10) as site:
        browser = site.test_client()

        def read(path: str = "/e/tea", **sent: str) -> int:
            return browser.get(path, headers=sent).status_code

        assert [read() for _ in range(11)] == [200] * 10 + [429]
        told = browser.get("/e/tea")
        assert 1 <= int(told.headers["Retry-After"]) <= 60
        assert "That was a lot at once" in told.get_data(as_text=True)
        # Behind a proxy each reader is counted alone, whatever a stranger makes up before it.
        one, other = {"X-Forwarded-For": "9.9.9.9, 8.8.8.8"}, {"X-Forwarded-For": "8.8.4.4"}
        assert [read(**one) for _ in range(11)] == [200] * 10 + [429]
        assert read(**{"X-Forwarded-For": "1.1.1.1, 8.8.8.8"}) == 429
        assert read(**other) == 200
        # Two addresses of one house are one reader.
        house = [f"2001:db8:1:2::{n}" for n in range(11)]
        counted = [read(**{"X-Forwarded-For": one}) for one in house]
        assert counted == [200] * 10 + [429]
        assert read("/healthz") == 200


def test_each_reader_of_the_old_network_is_one_also_where_the_new_one_listens(
    answerer: Answerer,
) -> None:
    """A socket of IPv6 gives an address of IPv4 as `::ffff:192.0.2.1`."""
    with site_of(answerer, Links(ROOT, "public"), per_minute=2) as site:
        browser = site.test_client()

        def read(peer: str, **sent: str) -> int:
            told = browser.get("/e/tea", headers=sent, environ_base={"REMOTE_ADDR": peer})
            return told.status_code

        assert [read("::ffff:8.8.8.8") for _ in range(3)] == [200, 200, 429]
        assert read("::ffff:8.8.4.4") == 200
        assert read("8.8.8.8") == 429
        behind = {"X-Forwarded-For": "::ffff:9.9.9.9"}
        assert [read("::ffff:10.0.0.1", **behind) for _ in range(3)] == [200, 200, 429]


def test_a_search_costs_more_than_a_page(answerer: Answerer) -> None:
    with site_of(answerer, Links(ROOT, "public"), per_minute=13) as site:
        browser = site.test_client()
        assert [browser.get("/search").status_code for _ in range(3)] == [200, 200, 429]
        assert browser.get("/e/tea").status_code == 200


def test_nobody_can_make_up_an_address_from_outside(answerer: Answerer) -> None:
    with site_of(answerer, Links(ROOT, "public"), per_minute=2) as site:
        browser = site.test_client()
        told = [
            browser.get(
                "/e/tea",
                headers={"X-Forwarded-For": f"8.8.8.{n}"},
                environ_base={"REMOTE_ADDR": "203.0.114.9"},
            ).status_code
            for n in range(3)
        ]
    assert told == [200, 200, 429]


def test_a_changed_transcript_is_said_and_the_quote_found_again(
    tmp_path: Path, signed: Links
) -> None:
    folder = write(tmp_path / "knowledge")
    answerer = ready(load(folder), folder)
    kept, lost = quote_of(answerer, "soup", 20), quote_of(answerer, "soup", 0)
    path = folder / "soup" / "soup.json"
    words = path.read_text("utf-8")
    first = lost.text.split()[2]
    path.write_text(words.replace(first, f"{first}ish", 1), "utf-8")
    with ExitStack() as stack:
        site = stack.enter_context(site_of(answerer, signed))
        browser = site.test_client()
        assert "has changed" not in browser.get(path_of(signed.to(kept))).get_data(as_text=True)
        answerer.take(load(folder))
        page = browser.get(path_of(signed.to(kept))).get_data(as_text=True)
        assert marked(page) == kept.text
        assert "The quote still stands in it" in page
        gone = browser.get(path_of(signed.to(lost)))
        assert gone.status_code == 200
        page = gone.get_data(as_text=True)
        assert "no longer stands in it word for word" in page
        assert "<mark" not in page
        assert page.count('id="quote"') == 1
        bare = signed.quote(kept.episode, kept.digest, kept.start, kept.end)
        page = browser.get(path_of(bare)).get_data(as_text=True)
        assert "<mark" not in page


def test_the_newest_edition_is_read_at_each_request(tmp_path: Path, public: Links) -> None:
    folder = write(tmp_path / "knowledge")
    answerer = ready(load(folder), folder)
    with site_of(answerer, public) as site:
        browser = site.test_client()
        assert "On tea" in browser.get("/").get_data(as_text=True)
        told = (folder / "tea" / "episode.yaml").read_text("utf-8")
        (folder / "tea" / "episode.yaml").write_text(told.replace("On tea", "On leaves"), "utf-8")
        answerer.take(load(folder))
        assert "On leaves" in browser.get("/").get_data(as_text=True)
        assert "On leaves" in browser.get("/e/tea").get_data(as_text=True)


def test_a_page_that_does_not_exist_looks_like_the_others_to_a_browser_alone(
    anybody: FlaskClient,
) -> None:
    page = anybody.get("/nothing", headers=BROWSER)
    assert page.status_code == 404
    assert "There is no such page here" in page.get_data(as_text=True)
    plain = anybody.get("/nothing")
    assert (plain.status_code, plain.data, plain.mimetype) == (404, b"Not Found\n", "text/plain")


def test_health_and_slack_are_as_they_were(anybody: FlaskClient) -> None:
    assert anybody.get("/healthz").data == b"ok"
    assert anybody.post("/slack/events", data=b"{}").status_code == 401
    assert anybody.get("/slack/events", headers=BROWSER).status_code == 405
