"""A run that is ended at random moments, by a signal that nobody can catch.

`FUZZ` in the environment is how many episodes there are (`make fuzz`: 100, and 20 moments).
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.podcast import Podcast, captions
from tests.feeds.listener import Listener

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
EPISODES = min(100, int(os.environ.get("FUZZ", "40")))
KILLS = EPISODES // 5


class Follower:
    """Whoever follows a podcast, each time in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]", said: Path) -> None:
        self._process, self._said = process, said

    def start(self) -> int:
        """Begin to follow; return the process's id."""
        assert self._process.stdin
        print(self._said, file=self._process.stdin, flush=True)
        return self._answer()

    def end(self) -> tuple[int, str]:
        """Wait until it ends; return how, and what it said."""
        return self._answer(), self._said.read_text("utf-8")

    def _answer(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


@pytest.fixture
def follower(listener: Listener, database_url: str, tmp_path: Path) -> Iterator[Follower]:
    command = [sys.executable, "-m", "tests.feeds.run.follow_process", database_url]
    with subprocess.Popen(
        [*command, str(listener.folder), listener.podcast.url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Follower(process, tmp_path / "said")


def wait_for_requests(podcast: Podcast, number: int) -> None:
    """Wait until so many transcripts were asked for."""
    until = time.monotonic() + 60
    while sum(podcast.asked.values()) - podcast.asked["/feed.xml"] < number:
        assert time.monotonic() < until, "the process does not go on"
        time.sleep(0.001)


def kept(listener: Listener) -> set[str]:
    """Return the paths of the transcripts that lie in the folder, whole."""
    lying = listener.transcripts()
    return {path for path, words in listener.podcast.words.items() if words in lying}


def test_ended_at_random_moments_no_transcript_is_lost_or_fetched_twice(
    listener: Listener, follower: Follower
) -> None:
    chance, podcast = random.Random(7), listener.podcast  # noqa: S311 - no secret
    podcast.add_all(range(EPISODES))
    asked = 0
    for _ in range(KILLS):
        podcast.forget()
        before = kept(listener)
        process = follower.start()
        wait_for_requests(podcast, chance.randint(1, 4))
        time.sleep(chance.random() * 0.05)
        os.kill(process, signal.SIGKILL)
        assert follower.end()[0] == -signal.SIGKILL
        again = set(podcast.asked) & before
        assert not again, "what lies in the folder was asked for again"
        asked += sum(podcast.asked.values()) - podcast.asked["/feed.xml"]
    before = kept(listener)
    podcast.forget()
    follower.start()
    code, said = follower.end()
    assert not set(podcast.asked) & before
    assert code == 0
    assert f"{EPISODES} with a transcript here" in said
    assert "news" not in said
    assert listener.transcripts() == {captions(number) for number in range(EPISODES)}
    library = listener.library()
    assert len(library.entries) == EPISODES
    assert not library.faults
    assert len(list(listener.folder.glob("[!.]*"))) == EPISODES  # and no half of one
    # What was on its way when a process was ended is all that was asked for once more.
    asked += sum(podcast.asked.values()) - podcast.asked["/feed.xml"]
    assert asked <= EPISODES + KILLS
    podcast.forget()
    follower.start()
    assert "nothing has changed" in follower.end()[1]
    assert podcast.asked == {"/feed.xml": 1}
