"""Processes that post while they are killed and Slack fails, and what is wrong in the end."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.storage import Database, Store, upgrade
from tests.fakes.faulty import FaultySlack
from tests.fakes.postgresql import running

WORKSPACES = 100
PROCESSES = {"postgresql": 2, "sqlite": 1}
_TOKEN = "xoxb-1-fake"
_TIMEOUT = 1  # seconds for a call to Slack; a lease is six times as long
_LATEST = 3 * _TIMEOUT  # a post that comes late has come by then
_GLANCE = 0.02

Counts = Callable[[], dict[str, int]]  # how many posts the store knows of each state


class _Process:
    """`python -m bot daily`, killed and started again whenever so many posts have been taken."""

    def __init__(self, environ: dict[str, str], log: Path, deadlines: list[int]) -> None:
        self._environ, self._log, self._deadlines = environ, log, deadlines
        self.kills = 0
        self._process = self._start()

    def watch(self, taken: int, chance: random.Random) -> None:
        """Kill it where its time has come; raises RuntimeError where it ended by itself."""
        if self._process.poll() is not None:
            raise RuntimeError(f"a process ended with {self._process.returncode}")
        if self._deadlines and taken >= self._deadlines[0]:
            self._deadlines.pop(0)
            time.sleep(chance.uniform(0, 0.3))
            self._process.kill()
            self._process.wait()
            self.kills += 1
            self._process = self._start()

    def end(self) -> int:
        """Ask it to end; what it ended with."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=30)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", "daily"], env=self._environ, stderr=log
            )


@dataclass
class Trial:
    """A faulty Slack, a store, and the processes that post from the one to the other."""

    slack: FaultySlack
    store: Store
    environ: dict[str, str]
    log: Path
    processes: list[_Process] = field(default_factory=list)

    def start(self, deadlines: Iterable[list[int]]) -> None:
        """Start a process for each list of how many posts are taken when it is killed."""
        for its_deadlines in deadlines:
            self.processes.append(_Process(self.environ, self.log, its_deadlines))

    def finish(self, counts: Counts, wanted: int, limit: float) -> list[str]:
        """Wait until everything is posted, print what happened, and return what is wrong.

        Raises TimeoutError after `limit` seconds.
        """
        start = time.monotonic()
        self._run(counts, wanted, limit)
        seconds = time.monotonic() - start
        time.sleep(_LATEST)
        ended = [process.end() for process in self.processes]
        self._report(counts, seconds)
        return [
            *self._faults(wanted),
            *(f"a process ended with {code}" for code in ended if code),
        ]

    def kill(self) -> None:
        """End every process at once."""
        for process in self.processes:
            process.kill()

    def _run(self, counts: Counts, wanted: int, limit: float) -> None:
        """Kill and start processes until everything is posted."""
        chance, start = random.Random(wanted), time.monotonic()  # noqa: S311 (chance, no secret)
        for turn in count():
            taken = len(self.slack.posted)
            for process in self.processes:
                process.watch(taken, chance)
            if turn % 50 == 0 and counts()["posted"] >= wanted:
                return
            if time.monotonic() - start > limit:
                raise TimeoutError(f"only {counts()} after {limit} s")
            time.sleep(_GLANCE)

    def _report(self, counts: Counts, seconds: float) -> None:
        for fault, times in sorted(self.slack.met.items()):
            print(f"{times:8,}  {fault}")
        kills = " + ".join(str(process.kills) for process in self.processes)
        print(f"{kills:>8}  processes killed (SIGKILL)")
        print(f"{seconds:8.1f}  seconds")
        print(f"          the store says: {counts()}")

    def _faults(self, wanted: int) -> Iterator[str]:
        posts = Counter(self.slack.posted.values())
        if posts != {1: wanted}:
            yield f"channels by the number of their posts: {dict(posts)}"
        if _TOKEN in self.log.read_text():
            yield "the token is in the log"


@contextmanager
def trial(kind: str, seed: int) -> Iterator[Trial]:
    """Yield a trial on a new database of a kind; its processes are gone in the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(_database(kind, folder))
        slack = stack.enter_context(FaultySlack(seed, _TIMEOUT))
        store = stack.enter_context(closing(Store.open(url)))
        begun = Trial(slack, store, _environment(url, slack), folder / "log")
        stack.callback(begun.kill)
        yield begun


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a new database with the bot's tables."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bot.sqlite3'}"
        return
    with running() as cluster, cluster.database() as name:
        with closing(Database(cluster.url(name))) as fresh:
            upgrade(fresh)
        yield cluster.url(name)


def _environment(url: str, slack: FaultySlack) -> dict[str, str]:
    """What the processes are started with."""
    return os.environ | {
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": _TOKEN,
        "SLACK_TIMEOUT": str(_TIMEOUT),
    }
