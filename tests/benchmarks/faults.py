"""The kill test: `python -m tests.benchmarks.faults`.

Many channels want their daily post in the same minute; Slack fails at random, and the processes
that post are killed again and again. Every channel has to have exactly one post in the end.
"""

import random
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from bot.storage import Store, Subscription, new_id
from tests.benchmarks.killed import PROCESSES, WORKSPACES, trial


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
    many = PROCESSES[database_kind]
    with trial(database_kind, seed) as begun:
        subscribe(begun.store, subscriptions)
        chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        taken = range(subscriptions * 9 // 10)
        print(f"{subscriptions:,} channels, {many} processes, {database_kind}")
        begun.start(sorted(chance.sample(taken, kills)) for _ in range(many))
        wrong = begun.finish(begun.store.posts.counts, subscriptions, limit)
    print("\n".join(wrong) or "Every channel has exactly one post.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
