"""`follow`, `unfollow` and `ingest` as a person starts them."""

import io
import os
import pty
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.bootstrap.progress import progress_on
from bot.storage import Store
from tests.test_command_line import bot

pytestmark = pytest.mark.slow

FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>Kitchen Talks</title><language>en</language>
<item><guid>1</guid><title>Tea</title></item>
<item><guid>2</guid><title>Coffee</title>
<podcast:transcript url="http://127.0.0.1:1/2.vtt?key=secret" type="text/vtt"/></item>
</channel></rss>
"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    (tmp_path / "knowledge").mkdir()
    path = tmp_path / "feed.xml"
    path.write_text(FEED, "utf-8")
    return path


def run(feed: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command beside a feed, with a folder and a database of its own."""
    return bot(*arguments, cwd=feed.parent, KNOWLEDGE_DIR=str(feed.parent / "knowledge"))


def test_a_feed_is_followed_listed_and_followed_no_more(feed: Path) -> None:
    assert run(feed, "follow").stdout == "Nothing is followed.\n"
    followed = run(feed, "follow", "feed.xml", "--newest", "3", "--language", "en")
    assert (followed.returncode, followed.stderr) == (1, "")  # all that there was of it failed
    first, second = followed.stdout.splitlines()
    assert first == (
        "Kitchen Talks: 2 episodes, 0 with a transcript here, 1 without a transcript "
        "(1 may still get one), 1 failed"
    )
    assert "http://127.0.0.1:1/2.vtt is refused: " in second
    assert "secret" not in followed.stdout
    listed = run(feed, "follow").stdout.splitlines()
    assert listed[0] == f"Kitchen Talks: {feed}"
    assert (
        "0 kept of 2 episodes seen, 1 failed, the newest 3 wanted, in en, looked at " in listed[1]
    )
    assert "next " in listed[1]
    ended = run(feed, "unfollow", "kitchen talks")
    assert ended.stdout == "Kitchen Talks is followed no more; 0 of its 0 transcripts stay.\n"
    assert run(feed, "follow").stdout == "Nothing is followed.\n"


def test_what_is_taken_in_once_needs_no_database(feed: Path) -> None:
    ended = run(feed, "ingest", "feed.xml")
    assert ended.returncode == 1
    assert ended.stdout.startswith("Kitchen Talks: 2 episodes, ")
    assert not (feed.parent / "bot.sqlite3").exists()
    assert list((feed.parent / "knowledge").iterdir()) == []


@pytest.mark.parametrize("command", ["follow", "ingest"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("nowhere.xml", "nowhere.xml is neither a file nor an address"),
        ("knowledge", "knowledge is no file"),
        ("http://example.com/feed?key=secret", "http://example.com/feed is refused: only https"),
        ("file:///etc/passwd", "file:///etc/passwd is refused: only https"),
        ("https://127.0.0.1/feed", "is refused: 127.0.0.1 is a loopback address"),
        ("https://[::ffff:10.0.0.1]/", "a mapped address"),
    ],
)
def test_what_is_no_feed_is_refused_and_not_followed(
    feed: Path, command: str, given: str, said: str
) -> None:
    ended = run(feed, command, given)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert "secret" not in ended.stderr
    if (feed.parent / "bot.sqlite3").exists():
        with closing(Store.open(f"sqlite:///{feed.parent / 'bot.sqlite3'}")) as store:
            assert store.feeds.all() == []


def test_what_is_not_followed_cannot_be_unfollowed(feed: Path) -> None:
    ended = run(feed, "unfollow", "https://example.com/feed")
    assert ended.returncode == 1
    assert "https://example.com/feed is not followed; `python -m bot follow` lists" in ended.stderr


@pytest.mark.parametrize("newest", ["0", "-1", "many"])
def test_a_number_that_is_none_is_named(feed: Path, newest: str) -> None:
    ended = run(feed, "follow", "feed.xml", "--newest", newest)
    assert ended.returncode == 2
    assert "--newest" in ended.stderr


@pytest.mark.parametrize("option", [("--newest", "3"), ("--language", "en"), ("--delete",)])
def test_an_option_of_a_podcast_needs_one(feed: Path, option: tuple[str, ...]) -> None:
    ended = run(feed, "follow", *option)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "need a URL or FILE" in ended.stderr


def test_a_feed_without_transcripts_is_no_failure(feed: Path) -> None:
    feed.write_text(FEED.replace("podcast:transcript", "podcast:none"), "utf-8")
    assert run(feed, "ingest", "feed.xml").returncode == 0


def test_a_feed_without_a_title_is_called_by_its_address(feed: Path) -> None:
    feed.write_text(FEED.replace("<title>Kitchen Talks</title>", ""), "utf-8")
    assert run(feed, "follow", "feed.xml").stdout.startswith(f"{feed}: 2 episodes, ")
    assert run(feed, "follow").stdout.splitlines()[0] == str(feed)
    assert run(feed, "unfollow", str(feed)).stdout.startswith(f"{feed} is followed no more; ")


def test_a_bar_is_drawn_in_a_terminal_alone() -> None:
    silent = io.StringIO()
    with progress_on(silent) as progress:
        progress(1, 2, "Tea")
    assert silent.getvalue() == ""
    terminal, its_end = pty.openpty()
    draw = "import sys; from bot.bootstrap.progress import progress_on as on\n"
    draw += "with on(sys.stderr) as show: show(1, 2, 'Tea \\x1b[31m'); show(2, 2, '[bold]Coffee')"
    with subprocess.Popen([sys.executable, "-c", draw], stderr=its_end) as process:
        process.wait(30)
    os.close(its_end)
    shown = os.read(terminal, 65536).decode()
    os.close(terminal)
    assert process.returncode == 0
    assert "2/2" in shown
    assert "[bold]Coffee" in shown
    assert "\x1b[31m" not in shown
