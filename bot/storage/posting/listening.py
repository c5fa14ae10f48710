"""Channels that have their questions answered unasked, and the questions that wait there."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, select, update

from bot.storage.asked.model import Asker
from bot.storage.database import Database
from bot.storage.posting.claims import Claims
from bot.storage.posting.model import ListeningChannel, OpenQuestion, PostState, UnaskedAnswer
from bot.storage.posting.schedule import Schedule
from bot.storage.tables import listening_channels, open_questions, unasked_answers
from bot.storage.workspaces import Workspaces

# Questions that wait in one channel; what comes beside so many is not kept. Chosen by hand: a
# channel gets five answers a day.
MOST_OPEN = 20


class Listening(Schedule[ListeningChannel]):
    """Which channels are listened to, and what waits in them.

    A question's words are kept only while it waits.
    """

    def __init__(self, database: Database, workspaces: Workspaces) -> None:
        super().__init__(database, listening_channels, _channel, on="since")
        self._workspaces = workspaces

    def save(self, channel: ListeningChannel) -> ListeningChannel:
        """Turn a channel's on; gives what is kept, under the id it had before."""
        return self._save(asdict(channel) | {"wake_at": channel.due_at})

    def stop(self, subscription_id: str, why: str | None = None) -> bool:
        """Turn one off and delete what waits there; whether it was on."""
        was_on = super().stop(subscription_id, why)
        with self._database.writing() as connection:
            waiting = open_questions.c.subscription_id == subscription_id
            connection.execute(delete(open_questions).where(waiting))
        return was_on

    def on(self) -> frozenset[tuple[str, str]]:
        """Return the workspaces and channels that are listened to."""
        columns = listening_channels.c
        query = select(columns.team_id, columns.channel_id).where(columns.since.is_not(None))
        with self._database.reading() as connection:
            return frozenset(map(tuple, connection.execute(query)))

    def put(self, asker: Asker, channel_id: str, question: OpenQuestion, now: datetime) -> bool:
        """Keep a question; False where the channel is off, or has too many that wait.

        The channel's schedule becomes another one, so that whoever is just posting there, and has
        not seen the question, does not end its wait (`Claims.end`, `move_on`).
        """
        on = (*_of_channel(asker.team_id, channel_id), listening_channels.c.since.is_not(None))
        wake = update(listening_channels).where(*on).values(due_at=now, wake_at=now)
        woken = wake.returning(listening_channels.c.id)
        with self._database.writing() as connection:
            subscription_id = connection.execute(woken).scalar()
            if subscription_id is None:
                return False
            count = select(func.count()).where(open_questions.c.subscription_id == subscription_id)
            if connection.execute(count).scalar_one() >= MOST_OPEN:
                return False
            row = {
                **asdict(question),
                "subscription_id": subscription_id,
                "team_id": asker.team_id,
                "asker": self._workspaces.hashed(connection, asker),
            }
            insert = self._database.insert(open_questions).values(row)
            kept = insert.on_conflict_do_nothing().returning(open_questions.c.ts)
            return connection.execute(kept).first() is not None

    def reword(self, team_id: str, channel_id: str, ts: str, words: str) -> None:
        """Keep the words of an edited question in place of those before, if it still waits."""
        waiting = _of_message(team_id, channel_id, ts)
        with self._database.writing() as connection:
            connection.execute(update(open_questions).where(*waiting).values(question=words))

    def withdraw(self, team_id: str, channel_id: str, ts: str) -> None:
        """Delete a question that needs no answer any more, if it waits."""
        with self._database.writing() as connection:
            connection.execute(delete(open_questions).where(*_of_message(team_id, channel_id, ts)))

    def drop(self, subscription_id: str, messages: Collection[str]) -> None:
        """Delete some of a channel's questions, by the `ts` of their messages."""
        if not messages:
            return
        columns = open_questions.c
        gone = columns.subscription_id == subscription_id, columns.ts.in_(messages)
        with self._database.writing() as connection:
            connection.execute(delete(open_questions).where(*gone))

    def waiting(self, subscription_id: str) -> Sequence[OpenQuestion]:
        """Return a channel's questions, the first that is due first."""
        columns = open_questions.c
        query = (
            select(columns.ts, columns.question, columns.due_at)
            .where(columns.subscription_id == subscription_id)
            .order_by(columns.due_at, columns.ts)
        )
        with self._database.reading() as connection:
            return [OpenQuestion(**row) for row in connection.execute(query).mappings()]

    def delete_before(self, moment: datetime) -> int:
        """Delete questions that were due before a moment; returns how many."""
        with self._database.writing() as connection:
            gone = delete(open_questions).where(open_questions.c.due_at < moment)
            return connection.execute(gone).rowcount


class UnaskedAnswers(Claims):
    """Claims of unasked answers, and what became of them."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, listening_channels, unasked_answers, "number")

    def latest(self, subscription_id: str, most: int) -> Sequence[UnaskedAnswer]:
        """Return a channel's latest answers, the latest first."""
        columns = unasked_answers.c
        query = (
            select(columns.number, columns.state, columns.item, columns.ended_at)
            .where(columns.subscription_id == subscription_id)
            .order_by(columns.number.desc())
            .limit(most)
        )
        with self._database.reading() as connection:
            return [_answer(row) for row in connection.execute(query).mappings()]

    def delete_before(self, moment: datetime) -> int:
        """Delete answers that ended before a moment; returns how many."""
        with self._database.writing() as connection:
            gone = delete(unasked_answers).where(unasked_answers.c.ended_at < moment)
            return connection.execute(gone).rowcount

    def question(self, subscription_id: str, number: int) -> str | None:
        """Return the `ts` of the message that an answer is for; None if there is no such answer."""
        query = select(unasked_answers.c.item).where(*self._one(subscription_id, number))
        with self._database.reading() as connection:
            return connection.execute(query).scalar()


def _of_channel(team_id: str, channel_id: str) -> tuple[Any, ...]:
    columns = listening_channels.c
    return columns.team_id == team_id, columns.channel_id == channel_id


def _of_message(team_id: str, channel_id: str, ts: str) -> tuple[Any, ...]:
    """Return the question that a message asks."""
    channel = select(listening_channels.c.id).where(*_of_channel(team_id, channel_id))
    columns = open_questions.c
    return columns.subscription_id.in_(channel), columns.ts == ts


def _channel(row: RowMapping) -> ListeningChannel:
    return ListeningChannel(**{str(name): row[name] for name in row if name != "wake_at"})


def _answer(row: RowMapping) -> UnaskedAnswer:
    return UnaskedAnswer(row["number"], PostState(row["state"]), row["item"], row["ended_at"])
