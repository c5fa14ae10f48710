"""Whatever a feed holds, it is read or refused, and what is kept of it stays in its folder.

`FUZZ` in the environment is how many feeds are read; without it there are a few.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.episodes import load
from bot.feeds.folder.keeping import TranscriptError, keep
from bot.feeds.model import Feed
from bot.feeds.reading.choosing import in_order
from bot.feeds.reading.matching import match
from bot.feeds.reading.parse import FeedError, parse_feed
from tests.fakes.hostile import HOSTILE, HOSTILE_LONG
from tests.feeds.samples import AT, HEAD, LOGIN, SUBRIP, URL, VTT, WEBVTT, rss, tag

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ", "100"))
PATHS = ("../../etc/passwd", "/etc/passwd", "..", "a/../../b", "C:\\Windows", "con", ".hidden", "~")
TEXTS = tuple(
    text.encode("utf-8", "replace").decode()
    for text in (
        *HOSTILE,
        *HOSTILE_LONG,
        *PATHS,
        "",
        "12",
        "-1",
        "9" * 400,
        "en",
        "2026-11-05",
        "1:02:03",
    )
)
ADDRESSES = (
    *("https://example.org/a.vtt", "/a.json", "http://127.0.0.1/a", "file:///etc/passwd", "//["),
    *("javascript:alert(1)", "https://u:p@example.org/a?b#c", "https://[::1", "data:,x", "\u202e"),
)
PIECES = (
    *("<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "<?x ", "?>", "&#0;", "&lt;", "&nbsp;"),
    *("</item>", "<item>", "</channel>", "<channel>", "</rss>", "<rss>", "\0", "\x08"),
    *("<!DOCTYPE rss [", "<!ENTITY a 'b'>", "%a;", "&a;", "<title>", "<guid/>", "xmlns=''"),
)
NAMES = (
    *("title", "guid", "link", "pubDate", "description", "item", "channel", "itunes:title"),
    *("itunes:episode", "itunes:season", "itunes:duration", "podcast:person", "podcast:episode"),
    *("podcast:transcript", "podcast:chapters", "enclosure", "atom:link", "atom:id", "dc:date"),
)
KEYS = ("url", "href", "type", "rel", "language", "role", "group", "isPermaLink")
TYPES = ("text/vtt", "application/json", "text/html", "audio/mpeg", "application/srt", "", "a/b;c")
SECRET = "do-not-tell"
BODIES = (WEBVTT, SUBRIP, LOGIN, b"", b"\0", b'{"segments": []}', b"%PDF")


def written(random: Random) -> bytes:
    """A feed of hostile elements, in places broken."""
    items = ("".join(_element(random) for _ in range(random.randrange(9))) for _ in range(4))
    channel = "".join(_element(random) for _ in range(random.randrange(4)))
    text = rss(*items, channel=channel).decode()
    for _ in range(random.choice((0, 0, 1, 3, 9))):
        text = random.choice((_cut, _inserted, _doubled))(random, text)
    if random.random() < 0.1:
        text = text.replace("<rss", f"<!DOCTYPE rss [<!ENTITY a SYSTEM '{SECRET}'>]><rss", 1)
    encoding = random.choice(("utf-8", "utf-8", "utf-16", "latin-1", "utf-7"))
    return text.encode(encoding, "replace")


def damaged(random: Random) -> bytes:
    """A feed with bytes that no feed has."""
    data = bytearray(written(random))
    for _ in range(random.randrange(20)):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)


def noise(random: Random) -> bytes:
    """What may not be XML at all."""
    pieces = (random.choice((*PIECES, *TEXTS, "<rss>", HEAD)) for _ in range(random.randrange(30)))
    return "".join(pieces).encode("utf-8", "replace")


def _element(random: Random) -> str:
    name, text = random.choice(NAMES), random.choice(TEXTS)[:600]
    keys = random.sample(KEYS, random.randrange(4))
    values = {key: random.choice((*ADDRESSES, *TYPES, *TEXTS[:30])) for key in keys}
    if random.random() < 0.2:
        return f"<{name}><![CDATA[{text}]]></{name}>"
    return tag(name, text, **values)


def _cut(random: Random, text: str) -> str:
    start = random.randrange(len(text))
    return text[:start] + text[start + random.randrange(60) :]


def _inserted(random: Random, text: str) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice(PIECES) + text[at:]


def _doubled(random: Random, text: str) -> str:
    start = random.randrange(len(text))
    return text[:start] + text[start : start + 400] + text[start:]


FEEDS: tuple[Callable[[Random], bytes], ...] = (written, written, damaged, noise)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a knowledge folder in it, and nothing else."""
    return tmp_path_factory.mktemp("outside")


@given(make=st.sampled_from(FEEDS), seed=st.integers(0, 1 << 32))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_hostile_feed_is_read_or_refused(
    make: Callable[[Random], bytes], seed: int, outside: Path
) -> None:
    random = Random(seed)  # noqa: S311  # a number to make feeds from, no secret
    found = _read(make(random))
    if isinstance(found, str):
        assert "secret" not in found
        assert "\n" not in found
        return
    assert SECRET not in repr(found)
    assert all("\n" not in one and len(one) < 500 for one in found.warnings)
    matched = match(found, found.items)
    assert (matched.renamed, matched.withdrawn) == ({}, ())
    assert len({one.guid for one in matched.items}) == len(matched.items)
    _keep(random, found, outside)


def _read(data: bytes) -> Feed | str:
    """What a feed says, or what is wrong with it."""
    try:
        return parse_feed(data, URL)
    except FeedError as error:
        return str(error)


def _keep(random: Random, found: Feed, outside: Path) -> None:
    """Keep every item: what lies there is read by the folder, and nothing lies elsewhere."""
    knowledge = outside / "knowledge"
    slugs = set()
    for item in found.items:
        for transcript in in_order(item.transcripts, "en") or [VTT]:
            data, chapters = random.choice(BODIES), random.choice((None, b"{}", *BODIES))
            try:
                kept = keep(knowledge, item, found, transcript, data, chapters, slug=None, at=AT)
            except TranscriptError:
                continue
            slugs.add(kept.slug)
            assert kept.path.resolve().parent.parent == knowledge.resolve()
    assert [path.name for path in outside.iterdir()] in ([], ["knowledge"])
    if slugs:
        library = load(knowledge)
        assert [str(fault) for fault in library.faults] == []
        assert slugs <= {one.slug for one in library.entries}
        assert all(path.name[0] != "." for path in knowledge.iterdir())
