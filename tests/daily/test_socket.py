"""The loop beside Socket Mode, in a process of its own."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.daily import local_date
from bot.storage import Store
from tests.fakes.slack import FakeSlack
from tests.storage.samples import a_subscription

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_a_wrong_token_costs_no_channel_its_day(tmp_path: Path) -> None:
    url, now = f"sqlite:///{tmp_path / 'bot.sqlite3'}", datetime.now(UTC)
    with closing(Store.open(url)) as store, FakeSlack() as slack:
        due = store.subscriptions.save(a_subscription(due_at=now))
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "socket"],
            env={
                "PATH": os.environ["PATH"],
                "CACHE_DIR": os.environ["CACHE_DIR"],
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": url,
                "SLACK_API_URL": slack.url,
                "SLACK_BOT_TOKEN": "xoxb-2",
                "SLACK_APP_TOKEN": slack.app_token,
            },
            cwd=tmp_path,
            timeout=30,
            check=False,
        )
        assert ended.returncode == 1
        assert store.posts.of_day(due.id, local_date(due, now)) is None
        assert store.subscriptions.get(due.id) == due
