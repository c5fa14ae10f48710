from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

import pytest

from bot.answers import Candidate
from bot.answers.retrieval.windows import windows
from bot.episodes import load
from bot.pointing.endpoint import Endpoint
from bot.search.passages import passages
from tests.answers.conftest import KNOWLEDGE

Asking = Callable[..., Endpoint]
KEY = "sk-secret-key"


@pytest.fixture
def asking() -> Iterator[Asking]:
    """Makes the way to an endpoint; a test says what differs."""
    with ExitStack() as opened:

        def ask(url: str, *, seconds: float = 30, inside: bool = True, **named: object) -> Endpoint:
            made = Endpoint(url, KEY, "fake", seconds=seconds, inside=inside, **named)  # type: ignore[arg-type]  # a test's own
            opened.callback(made.close)
            return made

        yield ask


@pytest.fixture(scope="session")
def candidates() -> Sequence[Candidate]:
    """Three passages of the episode, each as long as it is."""
    pieces = passages(load(KNOWLEDGE).episodes[0])
    some = [one for one in windows(pieces) if len(one.passage.sentences) > 2][:3]
    return [Candidate(one.passage, 0, len(one.passage.sentences) - 1, one.asked) for one in some]
