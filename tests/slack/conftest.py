from collections.abc import Callable
from typing import Any

import pytest

from bot.answers import Quote

MakeQuote = Callable[..., Quote]


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
