"""What is kept: reported, and brought up to date."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap.parts import store

if TYPE_CHECKING:
    from bot.reports import Report
    from bot.settings import Settings


def report(settings: "Settings", days: int) -> "Report":
    """Return what was asked in the last days; raises StoreError if the database is not ready."""
    from bot.reports import build
    from bot.settings import setting_error

    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file).exists():
        raise setting_error("DATABASE_URL", f"names {file}, which is not there: nothing was kept")
    with closing(store(settings)) as kept:
        return build(kept, datetime.now(UTC) - timedelta(days=days))


def migrate(settings: "Settings") -> str:
    """Bring the database's tables up to date and encrypt its secrets with the newest key.

    Says what was done. Raises StoreError where the database cannot be reached.
    """
    from bot.storage import Cipher, Database, Store, upgrade

    database = Database(settings.database_url)
    with closing(database):
        upgrade(database)
        kept = Store.on(database, Cipher(settings.keys))
        renewed = kept.workspaces.renew() + kept.feeds.renew()
    secrets = "1 secret is" if renewed == 1 else f"{renewed} secrets are"
    how = "encrypted with the newest key" if settings.keys else "kept as plain text: set TOKEN_KEYS"
    return f"The tables are up to date; {secrets} {how}."
