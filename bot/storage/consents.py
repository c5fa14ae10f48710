"""What a workspace has agreed to: that a language model elsewhere sees its questions."""

from sqlalchemy import select, update

from bot.storage.asked.model import Asker
from bot.storage.database import Database
from bot.storage.tables import workspaces
from bot.storage.workspaces import Workspaces


class Consents:
    """Which host each workspace lets see its questions; whoever gave its consent is not kept."""

    def __init__(self, database: Database, known: Workspaces) -> None:
        self._database, self._workspaces = database, known

    def agrees(self, team_id: str, host: str) -> bool:
        """Return whether a workspace has agreed to this host, and to no other since."""
        query = select(workspaces.c.model_host).where(workspaces.c.team_id == team_id)
        with self._database.reading() as connection:
            return connection.execute(query).scalar() == host

    def give(self, asker: Asker, host: str) -> None:
        """Keep that a workspace agrees to a host, as one of its admins says."""
        with self._database.writing() as connection:
            self._workspaces.hashed(connection, asker)  # makes the row where there is none
            of_team = workspaces.c.team_id == asker.team_id
            connection.execute(update(workspaces).where(of_team).values(model_host=host))

    def withdraw(self, team_id: str) -> None:
        """Keep that a workspace agrees to none."""
        with self._database.writing() as connection:
            of_team = workspaces.c.team_id == team_id
            connection.execute(update(workspaces).where(of_team).values(model_host=None))
