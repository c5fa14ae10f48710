"""The kill test of new episodes: `python -m tests.benchmarks.announcements`.

One episode is out, and many channels are to be told; Slack fails at random, and the processes that
post are killed again and again. Every channel has to have exactly one card in the end.
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import typer

from bot.storage import NewEpisode, NewsChannel, Store, new_id
from tests.benchmarks.killed import PROCESSES, WORKSPACES, trial

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
    many = PROCESSES[database_kind]
    with trial(database_kind, seed) as begun:
        subscribe(begun.store, channels)
        chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        print(f"{channels:,} channels, {many} processes, {database_kind}")
        deadlines = sorted(chance.sample(range(channels * 9 // 10), kills))
        begun.start(deadlines[at::many] for at in range(many))
        episode = NewEpisode(SHOW, SLUG, "LLMs", None)
        begun.store.announcements.record(episode, datetime.now(UTC))
        wrong = begun.finish(begun.store.news_posts.counts, channels, limit)
        if begun.store.announcements.record(episode, datetime.now(UTC)):
            wrong.append("the episode is recorded twice")
    print("\n".join(wrong) or "Every channel has exactly one card.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
