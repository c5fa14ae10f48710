"""A question is answered by the processes that are deployed, and once by all of them."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage import Asker, Store
from tests.fakes.slack import FakeSlack
from tests.storage.samples import a_listening_channel, an_open_question

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CHANNEL, QUESTION = "C0GENERAL", "What is RAG?"


def test_two_that_post_what_is_due_answer_a_question_once(slack: FakeSlack, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    environ = {
        "PATH": os.environ["PATH"],
        "CACHE_DIR": os.environ["CACHE_DIR"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": url,
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack.token,
    }
    with closing(Store.open(url)) as store:
        store.listening.save(a_listening_channel(channel_id=CHANNEL, since=now))
        ts = slack.say(CHANNEL, QUESTION, user="U0000BILL0")
        question = an_open_question(ts, question=QUESTION, due_at=now)
        assert store.listening.put(Asker("T1", "U1"), CHANNEL, question, now)
        command = [sys.executable, "-m", "bot", "daily", "--once"]
        processes = [subprocess.Popen(command, env=environ, cwd=tmp_path) for _ in range(2)]
        try:
            assert [process.wait(timeout=60) for process in processes] == [0, 0]
        finally:
            for process in processes:
                process.kill()
        assert store.unasked_answers.counts() == {"claimed": 0, "posted": 1, "skipped": 0}
    _asked, answer = slack.channels[CHANNEL]["messages"]
    assert answer["thread_ts"] == ts
    assert "Retrieval" in answer["text"]
