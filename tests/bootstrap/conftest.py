"""A knowledge folder, what answers from it, and a clock that is moved by hand."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer
from bot.answers.language.thesaurus import HOUSE_WORDS
from bot.bootstrap.reloading import STILL, Watcher
from bot.episodes import Library, load
from bot.episodes.knowledge.look import look
from tests.bootstrap.kinds import Dropped
from tests.bootstrap.sure import Sure


@dataclass
class Watched:
    """A watcher with the seconds that its clock shows, and the libraries that it read."""

    folder: Path
    cache: Path
    seconds: float = 0.0
    read: list[Library] = field(default_factory=list)

    def __post_init__(self) -> None:
        library = load(self.folder, self.cache)
        words = [self.folder / HOUSE_WORDS]
        self.answering = Answerer(library, words, Sure(), self.cache)
        self.watcher = Watcher(
            self.answering,
            self.folder,
            lambda: self.load(),  # noqa: PLW0108 - a test may put another in its place
            look(self.folder),
            lambda: self.seconds,
        )

    def load(self) -> Library:
        self.read.append(load(self.folder, self.cache))
        return self.read[-1]

    def after(self, seconds: float) -> None:
        """Look once, so much later."""
        self.seconds += seconds
        self.watcher.check()

    def looks(self) -> None:
        """Look until whatever has changed is read."""
        self.after(STILL)
        self.after(STILL)

    def says(self, file: Dropped, maker: str) -> bool:
        """Whether a file's question is answered from it, with this maker."""
        answer = self.answering.ask(file.question)
        quotes = answer.quotes if isinstance(answer, Answer) else ()
        return any(one.episode == file.slug and f"built by {maker} " in one.text for one in quotes)

    @property
    def slugs(self) -> set[str]:
        return {one.slug for one in self.answering.entries}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder with one episode."""
    made = tmp_path / "knowledge"
    made.mkdir()
    Dropped(made, "plain.txt", "quimper").write("Tevrin")
    return made


@pytest.fixture
def first(folder: Path) -> Dropped:
    """The file of that episode."""
    return Dropped(folder, "plain.txt", "quimper")


@pytest.fixture
def second(folder: Path) -> Dropped:
    """A file that is not there yet."""
    return Dropped(folder, "voices.vtt", "vundle")


@pytest.fixture
def watched(folder: Path, tmp_path: Path) -> Watched:
    return Watched(folder, tmp_path / "cache")
