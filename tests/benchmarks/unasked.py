"""The kill test of answers unasked: `python -m tests.benchmarks.unasked`.

In many channels a question waits; Slack fails at random, and the processes that answer are killed
again and again. Every question has to have exactly one answer in the end.
"""

import random
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from bot.storage import Asker, ListeningChannel, OpenQuestion, Store, new_id
from tests.benchmarks.killed import PROCESSES, WORKSPACES, trial
from tests.fakes.faulty import FaultySlack

QUESTION = "What is RAG?"  # surely answered from the knowledge folder that the processes read


def ask(store: Store, slack: FaultySlack, channels: int) -> None:
    """Have a question wait in each of as many channels, due now."""
    now = datetime.now(UTC)
    for number in range(channels):
        asker, channel = Asker(f"T{number % WORKSPACES}", "U1"), f"C{number}"
        store.listening.save(
            ListeningChannel(
                id=new_id(),
                team_id=asker.team_id,
                channel_id=channel,
                made_by="U1",
                made_at=now,
                since=now,
            )
        )
        slack.channels[channel] = {"is_member": True, "messages": []}
        ts = slack.say(channel, QUESTION, user="U1")
        store.listening.put(asker, channel, OpenQuestion(ts, QUESTION, now), now)


def main(
    database_kind: Annotated[
        Literal["sqlite", "postgresql"], typer.Option("--database")
    ] = "sqlite",
    channels: int = 1_000,
    kills: int = 20,
    processes: int = 0,
    seed: int = 1,
    limit: float = 900,
) -> None:
    """Answer in many channels while processes die and Slack fails, and count the answers."""
    many = processes or PROCESSES[database_kind]
    with trial(database_kind, seed) as begun:
        ask(begun.store, begun.slack, channels)
        chance = random.Random(seed)  # noqa: S311 (chance, no secret)
        print(f"{channels:,} questions, {many} processes, {database_kind}")
        deadlines = sorted(chance.choices(range(channels * 9 // 10 + 1), k=kills))
        begun.start(deadlines[at::many] for at in range(many))
        wrong = begun.finish(begun.store.unasked_answers.counts, channels, limit)
    print("\n".join(wrong) or "Every question has exactly one answer.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    typer.run(main)
