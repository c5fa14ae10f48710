from collections.abc import Iterator

import pytest

from bot.storage import Store


@pytest.fixture
def other_process(database_url: str) -> Iterator[Store]:
    """The same database, opened once more with connections of its own."""
    opened = Store.open(database_url)
    yield opened
    opened.close()
