"""What people answered and let others be shown, for whoever asks the same in their workspace."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, select

from bot.storage.asked.model import Handover, KeptAnswer
from bot.storage.database import Database
from bot.storage.tables import kept_answers

# Of a workspace, the latest; so many questions are compared with one that is asked. Chosen by hand.
MOST_KEPT = 500


class KeptAnswers:
    """One row an answer; it goes with the handover that it was made from, whatever deletes that."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, handover: Handover) -> None:
        """Keep the answer to a question that was handed over.

        Raises ValueError if it has none, StoreError if the handover is not kept any more.
        """
        row = asdict(_kept(handover))
        with self._database.writing() as connection:
            connection.execute(self._database.insert(kept_answers).values(row))

    def questions(self, team_id: str) -> Sequence[tuple[str, str]]:
        """Return ids and questions of a workspace's answers, the latest first, `MOST_KEPT` at most.

        The questions are in the words of whoever asked, who is not named.
        """
        columns = kept_answers.c
        query = (
            select(columns.id, columns.question)
            .where(columns.team_id == team_id)
            .order_by(columns.answered_at.desc(), columns.id)
            .limit(MOST_KEPT)
        )
        with self._database.reading() as connection:
            return [(row.id, row.question) for row in connection.execute(query)]

    def get(self, answer_id: str, team_id: str) -> KeptAnswer | None:
        """Return one of this workspace's; None if it is another's, or withdrawn."""
        one = kept_answers.c.id == answer_id, kept_answers.c.team_id == team_id
        with self._database.reading() as connection:
            row = connection.execute(select(kept_answers).where(*one)).mappings().one_or_none()
        return None if row is None else KeptAnswer(**{str(name): row[name] for name in row})

    def withdraw(self, kept: KeptAnswer) -> bool:
        """Delete an answer; return whether it was there. The handover stays."""
        one = kept_answers.c.id == kept.id, kept_answers.c.team_id == kept.team_id
        with self._database.writing() as connection:
            return bool(connection.execute(delete(kept_answers).where(*one)).rowcount)

    def withdraw_all(self, team_id: str, answered_by: str) -> int:
        """Delete what a person answered; return how many answers there were."""
        theirs = kept_answers.c.team_id == team_id, kept_answers.c.answered_by == answered_by
        with self._database.writing() as connection:
            return connection.execute(delete(kept_answers).where(*theirs)).rowcount


def _kept(handover: Handover) -> KeptAnswer:
    """Return what is kept of an answered question: its asker is not."""
    if not (handover.answer and handover.answered_by and handover.resolved_at):
        raise ValueError(f"{handover.id} has no answer")
    return KeptAnswer(
        id=handover.id,
        team_id=handover.team_id,
        question=handover.question,
        answer=handover.answer,
        answered_by=handover.answered_by,
        answered_at=handover.resolved_at,
    )
