"""The kill test: `python -m tests.benchmarks.faults`.

Many channels want their daily post in the same minute; Slack fails at random, and the processes
that post are killed again and again. Every channel has to have exactly one post in the end.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.storage import Database, Store, Subscription, new_id, upgrade
from tests.fakes.faulty import FaultySlack
from tests.fakes.postgresql import running

TOKEN = "xoxb-1-fake"
TIMEOUT = 1  # seconds for a call to Slack; a lease is six times as long
WORKSPACES = 100
LATEST = 3 * TIMEOUT  # a post that comes late has come by then
PROCESSES = {"postgresql": 2, "sqlite": 1}
GLANCE = 0.02

Counts = Callable[[], dict[str, int]]  # how many posts the store knows of each state


class Process:
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


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a new database with the bot's tables."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bot.sqlite3'}"
        return
    with running() as cluster, cluster.database() as name:
        with closing(Database(cluster.url(name))) as fresh:
            upgrade(fresh)
        yield cluster.url(name)


def environment(url: str, slack: FaultySlack) -> dict[str, str]:
    """What the processes are started with."""
    return os.environ | {
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_TIMEOUT": str(TIMEOUT),
    }


def subscribe(store: Store, subscriptions: int) -> None:
    """Turn the daily post on in as many channels, all due this minute."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    for number in range(subscriptions):
        store.subscriptions.save(
            Subscription(
                id=new_id(),
                team_id=f"T{number % WORKSPACES}",
                channel_id=f"C{number}",
                local_time=now.time(),
                zone="UTC",
                weekdays=False,
                made_by="U1",
                made_at=now,
                due_at=now,
            )
        )


def run(
    slack: FaultySlack, counts: Counts, processes: list[Process], wanted: int, limit: float
) -> None:
    """Kill and start processes until everything is posted; raises TimeoutError after `limit` s."""
    chance, start = random.Random(wanted), time.monotonic()  # noqa: S311 (chance, no secret)
    for turn in count():
        taken = len(slack.posted)
        for process in processes:
            process.watch(taken, chance)
        if turn % 50 == 0 and counts()["posted"] >= wanted:
            return
        if time.monotonic() - start > limit:
            raise TimeoutError(f"only {counts()} after {limit} s")
        time.sleep(GLANCE)


def report(slack: FaultySlack, counts: Counts, processes: list[Process], seconds: float) -> None:
    """Print what happened."""
    for fault, times in sorted(slack.met.items()):
        print(f"{times:8,}  {fault}")
    kills = " + ".join(str(process.kills) for process in processes)
    print(f"{kills:>8}  processes killed (SIGKILL)")
    print(f"{seconds:8.1f}  seconds")
    print(f"          the store says: {counts()}")


def faults(slack: FaultySlack, wanted: int, log: Path) -> list[str]:
    """What is wrong in the end."""
    posts = Counter(slack.posted.values())
    found = []
    if posts != {1: wanted}:
        found.append(f"channels by the number of their posts: {dict(posts)}")
    if TOKEN in log.read_text():
        found.append("the token is in the log")
    return found


def main(
    database_kind: Annotated[
        Literal["sqlite", "postgresql"], typer.Option("--database")
    ] = "sqlite",
    subscriptions: int = 2_000,
    kills: int = 10,
    seed: int = 1,
    limit: float = 900,
) -> None:
    """Post to many channels while processes die and Slack fails, and count what each has got."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(database_kind, folder))
        slack = stack.enter_context(FaultySlack(seed, TIMEOUT))
        store = stack.enter_context(closing(Store.open(url)))
        subscribe(store, subscriptions)
        environ, log = environment(url, slack), folder / "log"
        chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        print(f"{subscriptions:,} channels, {PROCESSES[database_kind]} processes, {database_kind}")
        start = time.monotonic()
        processes = []
        for _ in range(PROCESSES[database_kind]):
            deadlines = sorted(chance.sample(range(subscriptions * 9 // 10), kills))
            processes.append(Process(environ, log, deadlines))
            stack.callback(processes[-1].kill)
        run(slack, store.posts.counts, processes, subscriptions, limit)
        seconds = time.monotonic() - start
        time.sleep(LATEST)
        ended = [process.end() for process in processes]
        report(slack, store.posts.counts, processes, seconds)
        wrong = faults(slack, subscriptions, log)
        wrong += [f"a process ended with {code}" for code in ended if code]
    print("\n".join(wrong) or "Every channel has exactly one post.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
