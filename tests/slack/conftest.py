from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from bot.answers import Quote
from bot.storage import Store

MakeQuote = Callable[..., Quote]


@pytest.fixture
def store() -> Iterator[Store]:
    """A new store, in memory."""
    with closing(Store.open()) as opened:
        yield opened


@pytest.fixture
def make_quote() -> MakeQuote:
    """A quote of Alex's, with the fields of one's choice."""

    def make(text: str = "RAG is your friend.", **fields: Any) -> Quote:
        given: dict[str, Any] = {
            "speaker": "Alex Chen",
            "role": "Technical Expert",
            "segment": "SEGMENT 3",
            "episode": "episode-02",
            "title": "Episode 2: Large Language Models",
            "source": "episode-02/transcript.md",
            "start": 100,
            "end": 120,
            "digest": "0123456789ab",
        }
        return Quote(text=text, **(given | fields))

    return make
