"""The latest messages of threads that the bot takes part in, so that none has to be read again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, delete, select

from bot.storage.asked.model import Asker, Move, ThreadTurn
from bot.storage.database import Database
from bot.storage.tables import thread_turns
from bot.storage.workspaces import Workspaces

# Of one thread. Chosen by hand: a follow-up leans on the last few questions, and as many messages
# of Slack's are read where nothing is kept.
MOST_TURNS = 20


class ThreadTurns:
    """Whose turn it is in a thread, and what the bot was asked there."""

    def __init__(self, database: Database, workspaces: Workspaces) -> None:
        self._database, self._workspaces = database, workspaces

    def add(self, asker: Asker, turn: ThreadTurn) -> None:
        """Keep a turn, in place of an earlier one of the same message, which may be edited."""
        self.add_all([(asker, turn)])

    def add_all(self, turns: Iterable[tuple[Asker, ThreadTurn]]) -> None:
        """Keep turns, all or none; the oldest of a long thread go."""
        insert = self._database.insert(thread_turns)
        changed = {name: insert.excluded[name] for name in ("move", "question", "answered")}
        keep = insert.on_conflict_do_update(
            index_elements=thread_turns.primary_key.columns, set_=changed
        )
        with self._database.writing() as connection:
            hashed = self._workspaces.hashing(connection)
            rows = [
                {**_row(turn), "team_id": asker.team_id, "asker": hashed(asker)}
                for asker, turn in turns
            ]
            connection.execute(keep, rows)
            replies = (
                row for row in rows if row["ts"] != row["thread_ts"]
            )  # a root is no long thread
            for thread in {
                (row["team_id"], row["channel_id"], row["thread_ts"]) for row in replies
            }:
                _trim(connection, *thread)

    def of_thread(self, asker: Asker, channel_id: str, thread_ts: str) -> list[ThreadTurn]:
        """Return what is kept of a thread, oldest first, as `asker` sees it; it may be nothing."""
        query = select(thread_turns).where(*_in(asker.team_id, channel_id, thread_ts))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(thread_turns.c.ts)).mappings().all()
            # With rows there is a key already, so that this makes none.
            own = self._workspaces.hashed(connection, asker) if rows else ""
        return [_turn(row, asker.user_id if row["asker"] == own else row["asker"]) for row in rows]

    def delete_before(self, moment: datetime) -> int:
        """Delete turns from before a moment; returns how many."""
        with self._database.writing() as connection:
            gone = delete(thread_turns).where(thread_turns.c.said_at < moment)
            return connection.execute(gone).rowcount


def _trim(connection: Connection, team_id: str, channel_id: str, thread_ts: str) -> None:
    thread = _in(team_id, channel_id, thread_ts)
    latest = select(thread_turns.c.ts).where(*thread).order_by(thread_turns.c.ts.desc())
    oldest = latest.offset(MOST_TURNS - 1).limit(1).scalar_subquery()
    connection.execute(delete(thread_turns).where(*thread, thread_turns.c.ts < oldest))


def _in(team_id: str, channel_id: str, thread_ts: str) -> tuple[ColumnElement[bool], ...]:
    columns = thread_turns.c
    return (
        columns.team_id == team_id,
        columns.channel_id == channel_id,
        columns.thread_ts == thread_ts,
    )


def _row(turn: ThreadTurn) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(turn, builtin_types=(datetime,))
    del row["speaker"]
    return row


def _turn(row: RowMapping, speaker: str) -> ThreadTurn:
    fields = {str(name): value for name, value in row.items() if name not in {"team_id", "asker"}}
    return replace(ThreadTurn(**fields), move=Move(row["move"]), speaker=speaker)
