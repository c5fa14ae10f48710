"""A database for what need not run on both kinds: the store's own tests do."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of one with empty tables: SQLite, unless a test asks for the other too."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = shutil.copy(request.getfixturevalue("sqlite_tables"), tmp_path / "bot.sqlite3")
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("postgresql_url")
    return url
