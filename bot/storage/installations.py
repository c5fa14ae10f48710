"""slack_sdk's store of installations, with tokens encrypted."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore

from bot.storage.cipher import Cipher
from bot.storage.database import Database, named
from bot.storage.tables import SECRETS, bots, installations


class Installations(SQLAlchemyInstallationStore):
    """The workspaces and organizations that installed the app with this client id."""

    def __init__(self, client_id: str, database: Database, cipher: Cipher) -> None:
        super().__init__(client_id, database.engine)
        # Its look-ups would otherwise wait on SQLite for whoever writes.
        self._reader = SQLAlchemyInstallationStore(client_id, database.reading_engine)
        for one in (self, self._reader):
            one.bots, one.installations = bots, installations
        self._cipher = cipher

    def save(self, installation: Installation) -> None:
        """Keep an installation, its secrets encrypted."""
        with named(), _Sealed(self._cipher, installation, SECRETS[installations]):
            super().save(installation)

    def save_bot(self, bot: Bot) -> None:
        """Keep a bot, its secrets encrypted: one of an installation, or whose token was rotated."""
        with named(), _Sealed(self._cipher, bot, SECRETS[bots]):
            super().save_bot(bot)

    def find_bot(self, **where: Any) -> Bot | None:
        """Return the latest bot of a workspace, or of an organization that installed it."""
        with named():
            bot = self._reader.find_bot(**where)
        if bot is not None:
            _change(bot, SECRETS[bots], self._cipher.decrypt)
        return bot

    def find_installation(self, **where: Any) -> Installation | None:
        """Return the latest installation of a workspace, an organization, or a person in them."""
        with named():
            found = self._reader.find_installation(**where)
        if found is not None:
            _change(found, SECRETS[installations], self._cipher.decrypt)
        return found


@dataclass(frozen=True, slots=True)
class _Sealed:
    """Something whose secrets are encrypted within a `with`, and as they were after it."""

    cipher: Cipher
    record: Any
    names: tuple[str, ...]

    def __enter__(self) -> None:
        _change(self.record, self.names, self.cipher.encrypt)

    def __exit__(self, *_: object) -> None:
        _change(self.record, self.names, self.cipher.decrypt)


def _change(record: Any, names: tuple[str, ...], change: Any) -> None:
    for name in names:
        if (value := getattr(record, name)) is not None:
            setattr(record, name, change(value))
