"""What is read of a feed, and what of it is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.feeds.model import Feed, Person, Transcript
from bot.feeds.reading.parse import FeedError, PageError, parse_feed
from tests.feeds.samples import URL, rss, tag

MENDED = "is not XML as it should be, and was mended"
ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xml:lang="en">
<title type="text">Tea Talks</title>
<link rel="self" href="https://example.org/feed.xml"/><link href="https://example.org/"/>
<entry>
  <id>urn:tea:1</id><title type="html">Milk &amp;amp; sugar</title>
  <published>2026-11-05T12:00:00+02:00</published><updated>2026-11-06T00:00:00Z</updated>
  <author><name>Bo Lund</name></author>
  <link rel="alternate" href="/milk"/>
  <link rel="enclosure" type="audio/mpeg" href="https://example.org/milk.mp3"/>
  <podcast:transcript url="milk.srt" type="application/srt"/>
</entry>
</feed>
"""


def read(*items: str, **more: str) -> Feed:
    """What is read of some items in RSS."""
    return parse_feed(rss(*items, **more), URL)


def test_all_that_an_item_says_is_read() -> None:
    found = read(
        tag("title", "Bread & butter")
        + tag("guid", "abc", isPermaLink="false")
        + tag("itunes:episode", "12")
        + tag("itunes:season", "2")
        + tag("pubDate", "Thu, 05 Nov 2026 12:00:00 +0200")
        + tag("link", "https://example.org/bread")
        + tag("enclosure", url="https://example.org/bread.mp3", type="audio/mpeg", length="9")
        + tag("podcast:person", "Ada Park", role="Guest")
        + tag("podcast:person", "Bo Lund")
        + tag("podcast:person", "Cy Moss", group="audio post-production", role="editor")
        + tag("podcast:chapters", url="/bread.json", type="application/json+chapters")
        + tag("podcast:transcript", url="bread.vtt", type="text/vtt; charset=utf-8", rel="captions")
        + tag(
            "podcast:transcript",
            url="https://example.org/pan.html",
            type="text/html",
            language="de",
        ),
        channel=tag("title", "Kitchen Talks")
        + tag("language", "en-us")
        + tag("link", "https://k.org"),
    )
    [one] = found.items
    assert (found.title, found.language, found.link) == ("Kitchen Talks", "en-US", "https://k.org")
    assert (one.guid, one.title, one.number, one.season) == ("abc", "Bread & butter", 12, 2)
    assert one.published == datetime(2026, 11, 5, 10, tzinfo=UTC)
    assert one.people == (Person("Ada Park", "guest"), Person("Bo Lund", "host"))
    assert (one.link, one.audio) == ("https://example.org/bread", "https://example.org/bread.mp3")
    assert one.chapters == "https://example.org/bread.json"
    assert (one.language, one.line) == ("en-US", 5)
    assert one.transcripts == (
        Transcript("https://example.org/bread.vtt", "text/vtt", "en-US", "captions"),
        Transcript("https://example.org/pan.html", "text/html", "de"),
    )
    assert (found.warnings, found.whole) == ((), True)


def test_atom_is_read_as_well() -> None:
    found = parse_feed(ATOM, URL)
    [one] = found.items
    assert (found.title, found.link) == ("Tea Talks", "https://example.org/")
    assert (one.guid, one.title) == ("urn:tea:1", "Milk & sugar")
    assert one.published == datetime(2026, 11, 5, 10, tzinfo=UTC)
    assert one.people == (Person("Bo Lund"),)
    assert (one.link, one.audio) == ("https://example.org/milk", "https://example.org/milk.mp3")
    assert one.transcripts == (Transcript("https://example.org/milk.srt", "application/srt", "en"),)


def test_every_transcript_of_an_item_is_kept() -> None:
    types = ("text/plain", "text/html", "application/srt", "text/vtt", "application/json")
    each = [tag("podcast:transcript", url=f"/{at}", type=kind) for at, kind in enumerate(types)]
    found = read(*(tag("guid", str(at)) + "".join(each) for at in range(41)))
    assert sum(len(one.transcripts) for one in found.items) == 205
    assert tuple(one.type for one in found.items[0].transcripts) == types


def test_people_of_the_feed_are_those_of_an_item_that_names_none() -> None:
    found = read(
        tag("guid", "1"),
        tag("guid", "2") + tag("podcast:person", "Bo Lund"),
        channel=tag("podcast:person", "Ada Park"),
    )
    assert [one.people for one in found.items] == [
        (Person("Ada Park", "host"),),
        (Person("Bo Lund", "host"),),
    ]


@pytest.mark.parametrize(
    ("inner", "guid"),
    [
        (tag("enclosure", url="https://example.org/a.mp3") + tag("link", "https://example.org/a"),
         "https://example.org/a.mp3"),
        (tag("link", "https://example.org/a") + tag("title", "Bread"), "https://example.org/a"),
        (tag("title", "Bread"), "Bread"),
        (tag("guid", " \n 7 "), "7"),
    ],
)  # fmt: skip
def test_an_item_without_guid_is_known_by_what_else_it_has(inner: str, guid: str) -> None:
    assert [one.guid for one in read(inner).items] == [guid]


def test_an_item_that_nothing_tells_from_others_is_left_out_and_named() -> None:
    found = read(tag("description", "words"), tag("guid", "1"))
    assert [one.guid for one in found.items] == ["1"]
    assert found.warnings == (
        "line 5: an item without guid, recording, link and title is left out",
    )


def test_a_guid_that_is_an_address_is_the_link_unless_it_says_otherwise() -> None:
    address = "https://example.org/a"
    found = read(
        tag("guid", address), tag("guid", f"{address}b", isPermaLink="false"), tag("guid", "abc")
    )
    assert [one.link for one in found.items] == [address, None, None]


def test_the_recording_is_sound_before_video_and_no_picture() -> None:
    found = read(
        tag("enclosure", url="https://example.org/a.jpg", type="image/jpeg")
        + tag("enclosure", url="https://example.org/a.mp4", type="video/mp4")
        + tag("enclosure", url="https://example.org/a.mp3", type="audio/mpeg"),
        tag("enclosure", url="https://example.org/b.pdf", type="application/pdf")
        + tag("guid", "b"),
    )
    assert [one.audio for one in found.items] == ["https://example.org/a.mp3", None]


def test_a_link_that_no_browser_should_follow_is_none() -> None:
    found = read(
        tag("guid", "1", isPermaLink="false")
        + tag("link", "javascript:alert(1)")
        + tag("enclosure", url="file:///etc/passwd", type="audio/mpeg"),
        tag("guid", "2", isPermaLink="false")
        + tag("link", 'https://user:password@example.org/a b"<>')
        + tag("enclosure", url="data:audio/mpeg;base64,AAAA", type="audio/mpeg"),
    )
    assert [one.link for one in found.items] == [None, "https://example.org/a%20b%22%3C%3E"]
    assert [one.audio for one in found.items] == [None, None]


PRIVATE = "https://example.org/feed.xml?auth=s3cr3t-k3y&format=rss"


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (PRIVATE, PRIVATE),
        ("https://cdn.example/feed.xml", PRIVATE),
        (PRIVATE, "/feeds/kitchen.xml"),
    ],
)
def test_the_key_of_a_private_feed_is_in_nothing_that_others_are_shown(
    url: str, asked: str
) -> None:
    items = (
        tag("guid", "https://example.org/bread?auth=s3cr3t%2Dk3y")
        + tag("enclosure", url="https://example.org/1.mp3?auth=s3cr3t-k3y", type="audio/mpeg"),
        tag("guid", "2")
        + tag("link", "https://example.org/?p=2")
        + tag("enclosure", url="https://cdn.example/2.mp3?token=other#t=1", type="audio/mpeg"),
        tag("link", "https://example.org/s3cr3t-k3y/3")
        + tag("enclosure", url="https://example.org/s3cr3t-k3y/3.mp3", type="audio/mpeg"),
    )
    found = parse_feed(rss(*items), url, asked)
    assert [one.link for one in found.items] == [
        "https://example.org/bread", "https://example.org/?p=2", None,
    ]  # fmt: skip
    assert [one.audio for one in found.items] == [
        "https://example.org/1.mp3", "https://cdn.example/2.mp3", None,
    ]  # fmt: skip
    assert "k3y" not in repr(found)
    assert len({one.guid for one in found.items}) == 3


def test_recordings_that_only_a_key_tells_apart_are_several_episodes() -> None:
    played = [tag("enclosure", url=f"https://example.org/play?token={at}") for at in range(3)]
    found = parse_feed(rss(*played), PRIVATE)
    assert [one.audio for one in found.items] == ["https://example.org/play"] * 3
    assert len({one.guid for one in found.items}) == 3
    again = parse_feed(rss(*played), PRIVATE)
    assert [one.guid for one in again.items] == [one.guid for one in found.items]


def test_a_public_feed_keeps_what_its_addresses_ask_for() -> None:
    played = "https://example.org/play?episode=12345678&feed=podcast"
    one = tag("link", "https://example.org/?post_type=podcast&p=1") + tag("enclosure", url=played)
    [public] = parse_feed(rss(one), "https://example.org/feed.xml").items
    assert (public.audio, public.guid) == (played, played)
    [asked] = parse_feed(rss(one), "https://example.org/?feed=podcast").items
    assert asked.link == public.link == "https://example.org/?post_type=podcast&p=1"
    page = tag("link", "https://example.org/kitchen-talks/1")
    [named] = parse_feed(rss(page), "https://example.org/feed?show=kitchen-talks").items
    assert named.link == "https://example.org/kitchen-talks/1"


def test_a_transcript_anywhere_is_left_to_who_fetches_and_one_nowhere_is_named() -> None:
    found = read(
        tag("guid", "1")
        + tag("podcast:transcript", url="http://10.0.0.1/a.vtt", type="text/vtt")
        + tag("podcast:transcript", url="file:///etc/passwd", type="text/vtt")
        + tag("podcast:transcript", url="https://[broken/a.vtt", type="text/vtt")
        + tag("podcast:transcript", type="text/vtt")
        + tag("title", "Tea")
    )
    assert [one.url for one in found.items[0].transcripts] == [
        "http://10.0.0.1/a.vtt",
        "file:///etc/passwd",
    ]
    assert found.warnings == (
        "line 5: `https://[broken/a.vtt` is no address, of `Tea`",
        "line 5: `` is no address, of `Tea`",
    )


def test_a_date_that_is_none_is_named() -> None:
    found = read(tag("guid", "1") + tag("pubDate", "last Tuesday"))
    assert found.items[0].published is None
    assert found.warnings == ("line 5: `last Tuesday` is no date",)


def test_hostile_titles_and_names_are_text() -> None:
    title = "<script>alert(1)</script> <!channel> <@U1> ../../etc/passwd \u202egnihsals\u202c"
    found = read(
        tag("guid", "1\u202e") + tag("title", title) + tag("podcast:person", "\u2066Bo\x85")
    )
    [one] = found.items
    assert one.title == "<script>alert(1)</script> <!channel> <@U1> ../../etc/passwd gnihsals"
    assert (one.guid, one.people) == ("1", (Person("Bo", "host"),))


def test_a_title_too_long_to_be_one_is_cut() -> None:
    [one] = read(tag("guid", "g" * 9_000) + tag("title", "word " * 9_000)).items
    assert len(one.title) <= 300
    assert one.title.endswith("word…")
    assert one.guid.startswith("sha256:")


@pytest.mark.parametrize(
    ("broken", "line", "title"),
    [
        (rss(tag("guid", "1") + "<title>Bread & butter</title>"), 5, "Bread butter"),
        (rss(tag("guid", "1") + "<title>Bread<b></title>"), 5, "Bread"),
        (rss(tag("guid", "1") + "<title>Br\x08ead</title>"), 5, "Bread"),
        (b"\n \n" + rss(tag("guid", "1") + "<title>Bread</title>"), 3, "Bread"),
        (rss(tag("guid", "1") + "<title>Caf&eacute;</title>"), 5, "Café"),
        (rss(tag("guid", "1") + "<title>Bread</title>" + tag("unknown:x")), 5, "Bread"),
    ],
)
def test_a_feed_that_had_to_be_mended_is_used_and_its_line_told(
    broken: bytes, line: int, title: str
) -> None:
    found = parse_feed(broken, URL)
    assert [one.title for one in found.items] == [title]
    assert found.warnings
    assert found.warnings[0].startswith(f"line {line}: {MENDED}: ")
    assert found.whole


def test_elements_of_a_namespace_that_was_never_declared_are_read() -> None:
    bare = b"<rss><channel><item><guid>1</guid><itunes:episode>3</itunes:episode>"
    bare += b"<podcast:transcript url='https://a.org/b.vtt'/></item></channel></rss>"
    found = parse_feed(bare, URL)
    assert (found.items[0].number, len(found.items[0].transcripts)) == (3, 1)
    assert len(found.warnings) == 1
    assert "(and 1 more)" in found.warnings[0]


@pytest.mark.parametrize("cut", [1, 4, 40, 60])
def test_the_item_that_a_feed_breaks_off_in_is_left_out(cut: int) -> None:
    data = rss(tag("guid", "1"), tag("guid", "2") + tag("title", "Bread, butter and more of both"))
    end = data.index(b"</item>", data.index(b"more of both"))
    found = parse_feed(data[: end - cut + 1], URL)
    assert [one.guid for one in found.items] == ["1"]
    assert not found.whole
    assert "line 6: the feed breaks off in this item; it is left out" in found.warnings


def test_a_feed_nested_too_deep_is_read_up_to_there() -> None:
    deep = "<a>" * 300 + "</a>" * 300
    found = parse_feed(rss(tag("guid", "1"), tag("guid", "2") + deep, tag("guid", "3")), URL)
    assert [one.guid for one in found.items] == ["1"]
    assert not found.whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_feed_is_read_in_the_encoding_that_it_says(encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    text = rss(tag("guid", "1") + tag("title", "Café")).decode().replace("utf-8", named, 1)
    found = parse_feed(text.encode(encoding), URL)
    assert found.items[0].title == "Café"
    assert found.warnings == ()


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY lol "lol">',
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY secret SYSTEM "FILE">',
        '<!ENTITY % outside SYSTEM "FILE"> %outside;',
        '%outside; <!ENTITY a "b">',
    ],
)
def test_a_document_type_that_declares_entities_is_refused(declared: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell", "utf-8")
    subset = declared.replace("FILE", secret.as_uri())
    data = rss(tag("guid", "1") + "<title>&secret;&lol;&b;</title>").replace(
        b"<rss", f"<!DOCTYPE rss [\n{subset}]>\n<rss".encode(), 1
    )
    with pytest.raises(FeedError) as refused:
        parse_feed(data, URL)
    assert str(refused.value) == (
        "https://example.org/feed.xml is refused: its document type declares entities (line 3), "
        "which no feed needs"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-7", "utf-16", "utf-32"])
def test_an_entity_of_a_billion_letters_is_refused_in_any_encoding(encoding: str) -> None:
    pairs = zip("abcdefg", "bcdefgh", strict=True)
    grows = "".join(f'<!ENTITY {more} "{f"&{less};" * 10}">' for less, more in pairs)
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!-- > [ --><!DOCTYPE rss '
        f'[<!ENTITY a "{"x" * 1_000}">{grows}]><rss><channel><item><guid>1</guid>'
        '<enclosure url="&h;"/><title>&h;</title></item></channel></rss>'
    )
    with pytest.raises(FeedError, match="declares entities"):
        parse_feed(text.encode(encoding), URL)


def test_a_document_type_that_declares_nothing_is_not_fetched_and_does_no_harm() -> None:
    doctype = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    found = parse_feed(rss(tag("guid", "1")).replace(b"<rss", doctype + b"<rss", 1), URL)
    assert [one.guid for one in found.items] == ["1"]


_TOO_MUCH = "has more than 1,000,000 tags and attributes, as no feed has"
PAGE = "<!doctype html>\n<html><head><title>A podcast</title>{}</head><body><br>Words</body></html>"


@pytest.mark.parametrize(
    ("head", "alternate"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">',
         "https://example.org/rss?a=1&b=2"),
        ('<LINK REL="Alternate" TYPE="Application/Atom+XML; x=y" HREF="atom">',
         "https://example.org/shows/atom"),
        ('<base href="https://cdn.example/x/"><link rel=alternate type=application/rss+xml href=y>',
         "https://cdn.example/x/y"),
        ('<link rel="alternate" type="application/rss+xml" href="">', None),
        ('<link rel="alternate" type="application/rss+xml" href="/shows/one#top">', None),
        ('<link rel="alternate" type="application/rss+xml" href="https://[x">', None),
        ('<link rel="stylesheet" type="application/rss+xml" href="/rss">', None),
        ('<link rel="alternate" type="application/json+oembed" href="/rss">', None),
        ("", None),
    ],
)  # fmt: skip
def test_a_web_page_names_its_feed(head: str, alternate: str | None) -> None:
    with pytest.raises(PageError) as page:
        parse_feed(PAGE.format(head).encode(), "https://example.org/shows/one")
    assert str(page.value) == "https://example.org/shows/one is a page, not a feed"
    assert page.value.alternate == alternate


def test_a_page_is_one_in_xhtml_and_below_comments_too() -> None:
    for begin in (
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "a">',
        "\ufeff<!-- cached -->\n\n<!-- twice -->",
        "",
    ):
        with pytest.raises(PageError):
            parse_feed(f'{begin}<html xmlns="http://www.w3.org/1999/xhtml"></html>'.encode(), URL)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{}", "is no feed, neither RSS nor Atom"),
        (b"<!---->" * 1_000, "is no feed, neither RSS nor Atom"),
        (b"ID3\x04\x00\x00\xff\xfb", "is no feed, neither RSS nor Atom"),
        (b"<opml/>", "is no feed, neither RSS nor Atom: it begins with `<opml>`"),
        (b"<rss>" + b"<a/>" * 1_000_001, _TOO_MUCH),
        (b"<rss>" + b"<a b='' c=''/>" * 400_000, _TOO_MUCH),
    ],
)
def test_what_is_no_feed_is_told_without_its_key(data: bytes, what: str) -> None:
    with pytest.raises(FeedError) as refused:
        parse_feed(data, URL)
    assert str(refused.value) == f"https://example.org/feed.xml {what}"
    assert not isinstance(refused.value, PageError)


def test_of_more_items_than_any_feed_has_the_first_are_read() -> None:
    found = read(*(tag("guid", str(at)) for at in range(20_001)))
    assert (len(found.items), found.whole) == (20_000, False)
    assert found.warnings == ("line 20005: more than 20,000 items; from here on they are left out",)


def test_a_feed_of_many_slips_loses_nothing_but_is_not_taken_for_whole() -> None:
    found = read(*(tag("guid", str(at)) + "<unknown:x/>" for at in range(200)))
    assert (len(found.items), found.whole) == (200, False)


def test_warnings_end_somewhere() -> None:
    found = read(*(tag("guid", str(at)) + tag("pubDate", f"day {at}") for at in range(50)))
    assert len(found.warnings) == 21
    assert found.warnings[-1] == "and 30 more"
