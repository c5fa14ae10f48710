"""The kill test of new episodes: `python -m tests.benchmarks.announcements`.

One episode is out, and many channels are to be told; Slack fails at random, and the processes that
post are killed again and again. Every channel has to have exactly one card in the end.
"""

import random
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.storage import NewEpisode, NewsChannel, Store, new_id
from tests.benchmarks.faults import (
    LATEST,
    PROCESSES,
    TIMEOUT,
    WORKSPACES,
    Process,
    database,
    environment,
    faults,
    report,
    run,
)
from tests.fakes.faulty import FaultySlack

# That of the knowledge folder that the processes read.
SHOW, SLUG = "Tech Leadership Unpacked", "episode-02"


def subscribe(store: Store, channels: int) -> None:
    """Have as many channels told, half of them of this show alone."""
    now = datetime.now(UTC)
    for number in range(channels):
        store.announcements.save(
            NewsChannel(
                id=new_id(),
                team_id=f"T{number % WORKSPACES}",
                channel_id=f"C{number}",
                show=SHOW if number % 2 else None,
                made_by="U1",
                made_at=now,
                since=now - timedelta(hours=1),
            )
        )


def main(
    database_kind: Annotated[
        Literal["sqlite", "postgresql"], typer.Option("--database")
    ] = "sqlite",
    channels: int = 2_000,
    kills: int = 20,
    seed: int = 1,
    limit: float = 900,
) -> None:
    """Tell many channels while processes die and Slack fails, and count what each has got."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(database_kind, folder))
        slack = stack.enter_context(FaultySlack(seed, TIMEOUT))
        store = stack.enter_context(closing(Store.open(url)))
        subscribe(store, channels)
        environ, log = environment(url, slack), folder / "log"
        chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        many = PROCESSES[database_kind]
        print(f"{channels:,} channels, {many} processes, {database_kind}")
        deadlines = sorted(chance.sample(range(channels * 9 // 10), kills))
        processes = []
        for at in range(many):
            processes.append(Process(environ, log, deadlines[at::many]))
            stack.callback(processes[-1].kill)
        episode = NewEpisode(SHOW, SLUG, "LLMs", None)
        store.announcements.record(episode, datetime.now(UTC))
        start = time.monotonic()
        run(slack, store.news_posts.counts, processes, channels, limit)
        seconds = time.monotonic() - start
        time.sleep(LATEST)
        ended = [process.end() for process in processes]
        report(slack, store.news_posts.counts, processes, seconds)
        wrong = faults(slack, channels, log)
        if store.announcements.record(episode, datetime.now(UTC)):
            wrong.append("the episode is recorded twice")
        wrong += [f"a process ended with {code}" for code in ended if code]
    print("\n".join(wrong) or "Every channel has exactly one card.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
