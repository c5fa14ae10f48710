"""Questions that were handed to a person, and what that person answered."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, or_, select, update

from bot.storage.asked.model import Handover
from bot.storage.database import Database
from bot.storage.tables import handovers


class Handovers:
    """One row a question that somebody was asked for; the asker's id is needed to reach them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, handover: Handover) -> None:
        """Keep a question that is being handed over."""
        with self._database.writing() as connection:
            connection.execute(self._database.insert(handovers).values(asdict(handover)))

    def get(self, handover_id: str, team_id: str) -> Handover | None:
        """One of this workspace's; None for another's."""
        with self._database.reading() as connection:
            row = connection.execute(select(handovers).where(*_one(handover_id, team_id)))
            found = row.mappings().one_or_none()
        return None if found is None else _handover(found)

    def answer(
        self, handover: Handover, answer: str, answered_by: str, now: datetime
    ) -> Handover | None:
        """Keep a person's answer; None where somebody has answered or resolved it before."""
        return self._close(handover, answer=answer, answered_by=answered_by, resolved_at=now)

    def resolve(self, handover: Handover, resolved_by: str, now: datetime) -> Handover | None:
        """Say that no answer is needed; None where somebody has answered or resolved it before."""
        return self._close(handover, answer=None, answered_by=resolved_by, resolved_at=now)

    def reopen(self, handover: Handover) -> None:
        """Take an answer back that did not reach the asker."""
        with self._database.writing() as connection:
            connection.execute(
                update(handovers)
                .where(*_one(handover.id, handover.team_id))
                .values(answer=None, answered_by=None, resolved_at=None)
            )

    def delete_before(self, moment: datetime) -> int:
        """Delete those from before a moment; says how many."""
        with self._database.writing() as connection:
            gone = delete(handovers).where(handovers.c.asked_at < moment)
            return connection.execute(gone).rowcount

    def _close(self, handover: Handover, **fields: Any) -> Handover | None:
        with self._database.writing() as connection:
            closed = connection.execute(
                update(handovers)
                .where(*_one(handover.id, handover.team_id), handovers.c.resolved_at.is_(None))
                .values(fields)
            )
        return replace(handover, **fields) if closed.rowcount else None


def of_person(team_id: str, user_id: str) -> Any:
    """Return the rows that name a person, as who asked or as who answered."""
    named = or_(handovers.c.asked_by == user_id, handovers.c.answered_by == user_id)
    return (handovers.c.team_id == team_id) & named


def _one(handover_id: str, team_id: str) -> tuple[Any, ...]:
    return handovers.c.id == handover_id, handovers.c.team_id == team_id


def _handover(row: RowMapping) -> Handover:
    return Handover(**{str(name): value for name, value in row.items()})
