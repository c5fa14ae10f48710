from pathlib import Path

import pytest

from bot.episodes import Episode, load
from tests.episodes.shelf import KNOWLEDGE, Shelf


@pytest.fixture(scope="session")
def episode() -> Episode:
    library = load(KNOWLEDGE)
    assert library.faults == ()
    return library.episodes[0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)
