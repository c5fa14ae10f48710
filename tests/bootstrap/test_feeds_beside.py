"""Followed podcasts beside everything else: `socket` and `daily` look at them."""

import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import FollowedFeed, Store
from tests.fakes.slack import FakeSlack

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FEED = """<rss version="2.0"><channel><title>Kitchen Talks</title>
<item><guid>1</guid><title>Tea</title></item></channel></rss>"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database in which a feed in a file is followed."""
    url, file = f"sqlite:///{tmp_path / 'bot.sqlite3'}", tmp_path / "feed.xml"
    file.write_text(FEED, "utf-8")
    with closing(Store.open(url)) as store:
        now = datetime.now(UTC)
        store.feeds.follow(str(file), "Not read yet", newest=None, language=None, now=now)
    return url


def followed(url: str) -> FollowedFeed:
    with closing(Store.open(url)) as store:
        [feed] = store.feeds.all()
        return feed


def start(slack: FakeSlack, url: str, folder: Path, *command: str) -> "subprocess.Popen[bytes]":
    environ = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")}
    environ |= {"PYTHONPATH": str(ROOT), "DATABASE_URL": url, "SLACK_API_URL": slack.url}
    environ |= {"SLACK_BOT_TOKEN": slack.token, "SLACK_APP_TOKEN": slack.app_token}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *command], cwd=folder, env=environ | {"FEED_MINUTES": "30"}
    )


def test_socket_looks_at_what_is_followed_without_an_open_port(url: str, tmp_path: Path) -> None:
    with FakeSlack() as slack, start(slack, url, tmp_path, "socket") as process:
        until = time.monotonic() + 60
        while followed(url).looked_at is None and time.monotonic() < until:
            time.sleep(0.05)
        process.terminate()
        assert process.wait(30) == 0
    feed = followed(url)
    assert (feed.title, feed.failed) == ("Kitchen Talks", None)
    assert feed.looked_at is not None
    assert feed.due_at is not None
    assert feed.due_at - feed.looked_at <= timedelta(minutes=45)


def test_posting_once_looks_once(url: str, tmp_path: Path) -> None:
    with FakeSlack() as slack, start(slack, url, tmp_path, "daily", "--once") as process:
        assert process.wait(60) == 0
    assert followed(url).title == "Kitchen Talks"
