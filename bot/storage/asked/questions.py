"""Questions and thumbs, kept without a name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import RowMapping, delete, select

from bot.storage.asked.model import Asker, Feedback, Passage, Question
from bot.storage.database import Database
from bot.storage.tables import feedback, questions
from bot.storage.workspaces import Workspaces


class Questions:
    """What was asked, how it ended, and what people thought of it."""

    def __init__(self, database: Database, workspaces: Workspaces) -> None:
        self._database, self._workspaces = database, workspaces

    def add(self, asker: Asker, question: Question) -> None:
        """Keep a question; one that is there already stays as it is."""
        self.add_all([(asker, question)])

    def add_all(self, asked: Iterable[tuple[Asker, Question]]) -> None:
        """Keep questions, all or none."""
        insert = self._database.insert(questions).on_conflict_do_nothing()
        with self._database.writing() as connection:
            hashed = self._workspaces.hashing(connection)
            rows = [
                {**_row(question), "team_id": asker.team_id, "asker": hashed(asker)}
                for asker, question in asked
            ]
            connection.execute(insert, rows)

    def judge(self, asker: Asker, given: Feedback) -> None:
        """Keep a person's thumb, in place of an earlier one on the same answer."""
        row = {**_row(given), "team_id": asker.team_id}
        with self._database.writing() as connection:
            row["asker"] = self._workspaces.hashed(connection, asker)
            insert = self._database.insert(feedback).values(row)
            named = ("answer_id", "asker")
            changed = {name: value for name, value in row.items() if name not in named}
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=named, set_=changed, where=feedback.c.team_id == asker.team_id
                )
            )

    def asked(self, since: datetime, team_id: str | None = None) -> list[Question]:
        """Return the questions from a moment on, oldest first: of one workspace, or of all."""
        return [
            Question(**_without(row, "team_id", "asker"))
            for row in self._rows(questions.c.asked_at, since, team_id)
        ]

    def judged(self, since: datetime, team_id: str | None = None) -> list[Feedback]:
        """Return the thumbs from a moment on, oldest first: of one workspace, or of all."""
        return [
            Feedback(**_without(row, "team_id", "asker"))
            for row in self._rows(feedback.c.given_at, since, team_id)
        ]

    def delete_before(self, moment: datetime) -> int:
        """Delete questions and thumbs from before a moment; says how many."""
        with self._database.writing() as connection:
            return sum(
                connection.execute(delete(column.table).where(column < moment)).rowcount
                for column in (questions.c.asked_at, feedback.c.given_at)
            )

    def _rows(self, column: Any, since: datetime, team_id: str | None) -> Sequence[RowMapping]:
        table = column.table
        query = select(table).where(column >= since).order_by(column)
        if team_id is not None:
            query = query.where(table.c.team_id == team_id)
        with self._database.reading() as connection:
            return connection.execute(query).mappings().all()


def _row(kept: Question | Feedback) -> dict[str, Any]:
    """Return the columns of a dataclass; `asdict` takes ten times as long."""
    row: dict[str, Any] = msgspec.to_builtins(kept, builtin_types=(datetime,))
    return row


def _without(row: RowMapping, *names: str) -> dict[str, Any]:
    """Return a row's fields but some, with its passages as what they are."""
    fields = {str(name): value for name, value in row.items() if name not in names}
    fields["passages"] = tuple(Passage(**passage) for passage in fields["passages"])
    return fields
