from collections.abc import Callable
from typing import cast

import pytest

from bot.bootstrap.pointing import agreeing
from bot.storage import Store, StoreError


class Away:
    """A store that is away, and counts how often it was asked."""

    def __init__(self) -> None:
        self.consents, self.asked = self, 0

    def agrees(self, _team_id: str, _host: str) -> bool:
        self.asked += 1
        raise StoreError("The database fails")


@pytest.fixture
def away() -> Away:
    return Away()


@pytest.fixture
def agreed(away: Away) -> Callable[[str], bool]:
    return agreeing(cast("Store", away), "api.example.com")


def test_while_the_database_is_away_no_workspace_agrees_and_the_next_question_does_not_wait(
    away: Away, agreed: Callable[[str], bool]
) -> None:
    assert [agreed("T1") for _ in range(3)] == [False] * 3
    assert away.asked == 1
