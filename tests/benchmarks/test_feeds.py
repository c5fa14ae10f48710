"""What reading a large feed takes, and keeping all that it names.

    make bench, or: pytest tests/benchmarks/test_feeds.py --override-ini addopts="" -s

Times are of a processor, since machines are shared; memory is what a process of its own takes more
at its peak for reading the feed, its bytes with it.
"""

import subprocess
import sys
from email.utils import format_datetime
from pathlib import Path
from time import process_time

import pytest

from bot.feeds.folder.keeping import keep
from bot.feeds.reading.choosing import in_order
from bot.feeds.reading.parse import parse_feed
from tests.episodes.formats import samples, writing
from tests.feeds.samples import AT, URL, rss, tag

ROOT = Path(__file__).parents[2]
ITEMS, MEGABYTES, WITH_TRANSCRIPTS = 350, 3.5, 41
MOST_SECONDS, MOST_MEGABYTES, MOST_KEEPING = 0.3, 60, 0.3
TYPES = ("text/plain", "text/html", "application/srt", "text/vtt", "application/json")
_READ = """
import sys
from pathlib import Path
from time import process_time
from bot.feeds.reading.parse import parse_feed

def kilobytes(what):
    status = Path("/proc/self/status").read_text("utf-8").split()
    return int(status[status.index(what + ":") + 1])

Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
before = kilobytes("VmRSS")
data = Path(sys.argv[1]).read_bytes()
start = process_time()
feed = parse_feed(data, "https://example.org/feed.xml")
seconds = process_time() - start
transcripts = sum(len(item.transcripts) for item in feed.items)
print(seconds, (kilobytes("VmHWM") - before) / 1024, len(feed.items), transcripts)
"""


def large() -> bytes:
    """A feed of so many items and bytes, with show notes in HTML as hosts write them."""
    note = '<p>Ada and Bo talk about <a href="https://example.org/bread">bread</a>.</p>\n'
    notes = note * round(MEGABYTES * 1_000_000 / ITEMS / 2 / len(note))
    described = f"<description><![CDATA[{notes}]]></description>"
    return rss(
        *(
            tag("title", f"Bread, part {at}")
            + tag("guid", f"bread-{at}", isPermaLink="false")
            + tag("itunes:episode", str(at))
            + tag("pubDate", format_datetime(AT))
            + tag("enclosure", url=f"https://example.org/{at}.mp3", type="audio/mpeg", length="1")
            + tag("itunes:duration", "1:02:03")
            + described
            + f"<content:encoded><![CDATA[{notes}]]></content:encoded>"
            + "".join(
                tag("podcast:transcript", url=f"https://example.org/{at}/{kind}", type=kind)
                for kind in (TYPES if at < WITH_TRANSCRIPTS else ())
            )
            for at in range(ITEMS)
        )
    )


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs /proc for memory")
def test_a_large_feed_is_read_soon_and_small(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(large())
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    seconds, megabytes, items, transcripts = map(float, done.stdout.split())
    size = path.stat().st_size / 1_000_000
    print(f"\n  a feed of {size:.1f} MB: {items:.0f} items in {seconds:.3f} s, {megabytes:.0f} MB")
    assert size >= MEGABYTES
    assert (items, transcripts) == (ITEMS, WITH_TRANSCRIPTS * len(TYPES))
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES


def test_what_keeping_an_hour_takes(tmp_path: Path) -> None:
    said = "and so we let the dough rest for as long as it likes to, which is what most forget. "
    cues = [samples.cue(said, ("Ada", "Bo")[at % 2], at * 5_000) for at in range(720)]
    data = writing.webvtt(cues).encode()
    feed = parse_feed(large(), URL)
    kept = feed.items[:WITH_TRANSCRIPTS]
    start = process_time()
    for item in kept:
        best = in_order(item.transcripts, "en")[0]
        keep(tmp_path, item, feed, best, data, None, slug=None, at=AT)
    seconds = (process_time() - start) / len(kept)
    print(f"\n  an hour in {len(data) // 1000} kB is kept in {seconds * 1000:.0f} ms")
    assert seconds <= MOST_KEEPING
    assert len(list(tmp_path.iterdir())) == len(kept)
