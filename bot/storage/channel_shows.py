"""The show that a channel's questions are looked up in first."""

from sqlalchemy import ColumnElement, delete, select

from bot.storage.asked.model import Asker
from bot.storage.database import Database
from bot.storage.tables import channel_shows


class ChannelShows:
    """At most one show a channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, team_id: str, channel_id: str) -> str | None:
        """Return a channel's show; None where it prefers none."""
        query = select(channel_shows.c.show).where(*_in(team_id, channel_id))
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def prefer(self, asker: Asker, channel_id: str, show: str) -> None:
        """Have a channel prefer a show, in place of the one before."""
        changed = {"show": show, "made_by": asker.user_id, "enterprise_id": asker.enterprise_id}
        row = {"team_id": asker.team_id, "channel_id": channel_id, **changed}
        insert = self._database.insert(channel_shows).values(row)
        upsert = insert.on_conflict_do_update(
            index_elements=channel_shows.primary_key.columns, set_=changed
        )
        with self._database.writing() as connection:
            connection.execute(upsert)

    def end(self, team_id: str, channel_id: str) -> bool:
        """Have a channel prefer none; whether it preferred one."""
        with self._database.writing() as connection:
            gone = delete(channel_shows).where(*_in(team_id, channel_id))
            return bool(connection.execute(gone).rowcount)


def _in(team_id: str, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return channel_shows.c.team_id == team_id, channel_shows.c.channel_id == channel_id
