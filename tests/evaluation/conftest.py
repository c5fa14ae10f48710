from pathlib import Path

import pytest

from bot.answers import Answerer, ready
from bot.episodes import load

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="session")
def answerer() -> Answerer:
    return ready(load(KNOWLEDGE), KNOWLEDGE)
