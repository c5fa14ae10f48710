import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer, NoAnswer, ready
from bot.episodes import Episode, Library, load
from bot.search.passages import Passage, passages
from tests.answers.second_episode import METADATA, TRANSCRIPT

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="session")
def library() -> Library:
    library = load(KNOWLEDGE)
    assert library.faults == ()
    return library


@pytest.fixture(scope="session")
def episode(library: Library) -> Episode:
    return library.episodes[0]


@pytest.fixture(scope="session")
def pieces(episode: Episode) -> tuple[Passage, ...]:
    """The passages of the episode."""
    return passages(episode)


@pytest.fixture(scope="session")
def answerer(library: Library) -> Answerer:
    return ready(library, KNOWLEDGE)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder of two episodes, the second one made up."""
    folder = tmp_path_factory.mktemp("knowledge")
    shutil.copytree(KNOWLEDGE / "episode-02", folder / "episode-02")
    (folder / "episode-03").mkdir()
    (folder / "episode-03" / "transcript.md").write_text(TRANSCRIPT, "utf-8")
    (folder / "episode-03" / "episode.yaml").write_text(METADATA, "utf-8")
    return folder


@pytest.fixture(scope="session")
def both(shelf: Path) -> Answerer:
    """An answerer of two episodes."""
    library = load(shelf)
    assert library.faults == ()
    assert [episode.number for episode in library.episodes] == [2, 3]
    return ready(library, shelf)


@pytest.fixture(scope="session")
def answered(answerer: Answerer) -> Callable[..., Answer]:
    """Asks, and takes no for no answer."""

    def ask(question: str, history: Sequence[str] = ()) -> Answer:
        answer = answerer.ask(question, history)
        assert isinstance(answer, Answer), f"{question} -> {answer.kind}: {answer.reply}"
        return answer

    return ask


@pytest.fixture(scope="session")
def declined(answerer: Answerer) -> Callable[..., NoAnswer]:
    """Asks what must not be answered."""

    def ask(question: str, history: Sequence[str] = ()) -> NoAnswer:
        answer = answerer.ask(question, history)
        assert isinstance(answer, NoAnswer), f"{question} -> {answer.kind}: {answer.quotes}"
        return answer

    return ask
