"""A new episode is told by the processes that are deployed: `socket` alone, and `daily`."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import Store
from tests.fakes.shows import write_shows
from tests.fakes.slack import FakeSlack
from tests.storage.samples import a_new_episode, a_news_channel

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CHANNEL = "C0GENERAL"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.sqlite3'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A channel is to be told of an episode that is out, and lies in the knowledge folder."""
    now = datetime.now(UTC)
    with closing(Store.open(url)) as opened:
        since = now - timedelta(hours=1)
        opened.announcements.save(a_news_channel(channel_id=CHANNEL, since=since))
        opened.announcements.record(a_new_episode("kitchen-3"), now)
        yield opened


@pytest.fixture
def environ(slack: FakeSlack, url: str, tmp_path: Path) -> dict[str, str]:
    write_shows(tmp_path / "shows")
    return {
        "PATH": os.environ["PATH"],
        "CACHE_DIR": os.environ["CACHE_DIR"],
        "PYTHONPATH": str(ROOT),
        "KNOWLEDGE_DIR": str(tmp_path / "shows"),
        "DATABASE_URL": url,
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_APP_TOKEN": slack.app_token,
    }


def test_daily_once_tells_it_once_and_ends(
    slack: FakeSlack, store: Store, environ: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "bot", "daily", "--once"]
    for _ in range(2):
        subprocess.run(command, env=environ, cwd=tmp_path, timeout=60, check=True)
    [card] = slack.channels[CHANNEL]["messages"]
    assert "Kitchen Talks" in card["text"]
    assert store.news_posts.counts() == {"claimed": 0, "posted": 1, "skipped": 0}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("command", ["socket", "daily"])
def test_a_process_without_an_open_port_tells_it(
    command: str, slack: FakeSlack, environ: dict[str, str], tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", command], env=environ, cwd=tmp_path
    ) as process:
        try:
            [post] = slack.wait_for("chat.postMessage", timeout=60)
            process.terminate()
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
    assert post.body["channel"] == CHANNEL
    assert post.body["text"].startswith("New episode of Kitchen Talks")
