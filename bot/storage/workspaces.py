"""The workspaces that something is kept of, and how their people are told apart without a name."""

import hmac
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from bot.storage.asked.handovers import of_person
from bot.storage.asked.model import Asker
from bot.storage.cipher import Cipher
from bot.storage.database import Database
from bot.storage.tables import (
    SECRETS,
    bots,
    channel_shows,
    feedback,
    handovers,
    installations,
    listening_channels,
    news_channels,
    open_questions,
    questions,
    subscriptions,
    thread_turns,
    workspaces,
)

_KEPT = (
    questions,
    feedback,
    handovers,  # with the answers kept of them
    subscriptions,
    news_channels,
    listening_channels,  # with the questions that wait there
    channel_shows,
    thread_turns,
    workspaces,
)
# What goes on without the person who made it.
_MADE = (subscriptions, news_channels, listening_channels, channel_shows)


class Workspaces:
    """Makes the hashes, and deletes all that is known of a workspace or of a person in it."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    def hashing(self, connection: Connection) -> Callable[[Asker], str]:
        """Return what makes a person's keyed hash (HMAC-SHA-256), different in every workspace.

        The key is random, made at the first use, and goes with the workspace: what was hashed by
        it can then be told from nobody. One look at it serves a transaction.
        """

        @cache
        def key(team_id: str, enterprise_id: str | None) -> bytes:
            return self._key(connection, team_id, enterprise_id).encode()

        def hashed(asker: Asker) -> str:
            known = key(asker.team_id, asker.enterprise_id)
            return hmac.digest(known, asker.user_id.encode(), "sha256").hex()

        return hashed

    def hashed(self, connection: Connection, asker: Asker) -> str:
        """One person's keyed hash."""
        return self.hashing(connection)(asker)

    def forget_person(self, asker: Asker) -> int:
        """Delete what is kept of a person; says how many questions, thumbs and answers there were.

        What they have set up for channels goes on, but no longer knows who made it.
        """
        with self._database.writing() as connection:
            known = self.hashed(connection, asker)
            gone = sum(
                connection.execute(
                    delete(table).where(table.c.team_id == asker.team_id, table.c.asker == known)
                ).rowcount
                for table in (questions, open_questions, feedback)
            )
            # Their questions were counted above.
            turns = delete(thread_turns).where(
                thread_turns.c.team_id == asker.team_id, thread_turns.c.asker == known
            )
            connection.execute(turns)
            handed = delete(handovers).where(of_person(asker.team_id, asker.user_id))
            gone += connection.execute(handed).rowcount
            for table in _MADE:
                own = table.c.team_id == asker.team_id, table.c.made_by == asker.user_id
                connection.execute(update(table).where(*own).values(made_by=None))
        return gone

    def delete(
        self,
        team_id: str | None,
        enterprise_id: str | None = None,
        left_at: datetime | None = None,
    ) -> None:
        """Delete all of a workspace, its tokens included; without one, all of an organization.

        Nothing goes where the app was installed again after `left_at`. Raises ValueError with
        neither id, which would match every workspace that is in no organization.
        """
        if not (team_id or enterprise_id):
            raise ValueError("neither a workspace nor an organization")
        with self._database.writing() as connection:
            if left_at and _installed_since(connection, left_at, team_id, enterprise_id):
                return
            teams = [team_id] if team_id else list(_teams(connection, enterprise_id))
            for table in _KEPT:
                connection.execute(delete(table).where(table.c.team_id.in_(teams)))
            for table in SECRETS:
                connection.execute(delete(table).where(_of(table, team_id, enterprise_id)))

    def renew(self) -> int:
        """Encrypt every secret anew, with the newest key; says how many there were."""
        columns = {workspaces: ("hash_key",), **SECRETS}
        with self._database.writing() as connection:
            return sum(
                self._renew(connection, table, name)
                for table, names in columns.items()
                for name in names
            )

    def _renew(self, connection: Connection, table: Table, name: str) -> int:
        column, (key,) = table.c[name], table.primary_key
        stored = connection.execute(select(key, column).where(column.is_not(None))).all()
        for row, secret in stored:
            renewed = {name: self._cipher.renew(secret)}
            same = key == row, column == secret  # unless it was replaced meanwhile
            connection.execute(update(table).where(*same).values(renewed))
        return len(stored)

    def _key(self, connection: Connection, team_id: str, enterprise_id: str | None) -> str:
        """Return a workspace's key, made where it has none."""
        query = select(workspaces.c.hash_key).where(workspaces.c.team_id == team_id)
        stored = connection.execute(query).scalar()
        if stored is None:
            row = {
                "team_id": team_id,
                "enterprise_id": enterprise_id,
                "hash_key": self._cipher.encrypt(secrets.token_hex()),
            }
            insert = self._database.insert(workspaces).on_conflict_do_nothing()
            connection.execute(insert, row)
            stored = connection.execute(query).scalar_one()
        return self._cipher.decrypt(stored)


def _teams(connection: Connection, enterprise_id: str | None) -> Iterator[str]:
    """Yield the workspaces of an organization that anything is kept of."""
    for table in (workspaces, *_MADE, bots, installations):
        query = select(table.c.team_id).where(_of_enterprise(table, enterprise_id))
        yield from (team for team in connection.execute(query).scalars() if team)


def _installed_since(
    connection: Connection, moment: datetime, team_id: str | None, enterprise_id: str | None
) -> bool:
    """Whether there is an installation from after a moment."""
    after = bots.c.installed_at > moment.astimezone(UTC).replace(tzinfo=None)
    query = select(bots.c.id).where(_of(bots, team_id, enterprise_id), after).limit(1)
    return connection.execute(query).first() is not None


def _of(table: Table, team_id: str | None, enterprise_id: str | None) -> ColumnElement[bool]:
    return table.c.team_id == team_id if team_id else _of_enterprise(table, enterprise_id)


def _of_enterprise(table: Table, enterprise_id: str | None) -> ColumnElement[bool]:
    return table.c.enterprise_id == enterprise_id
