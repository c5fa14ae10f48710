"""What is found and read for questions that many episodes are asked: `company-a` and `company-b`.

    python -m tests.training.company [QUESTIONS.yaml...]

Their episodes are in no other set, and neither writer wrote questions for training. No figure is
claimed on them: the search's weights for many episodes and their confidence are chosen there. As a
command it prints figures: of `tests/evaluation/changelog.yaml`, on which nothing was chosen, unless
other files are named.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers import Answerer
from bot.answers.confidence.decide import decide
from bot.answers.confidence.features import features
from bot.answers.confidence.model import probability
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.topic import Topic
from bot.episodes import load

HERE = Path(__file__).parent
SHOWS = HERE.parents[2] / "shared" / "podcasts" / "changelog"
CHOSEN_ON = tuple(sorted(HERE.glob("company-*.yaml")))
UNSEEN = HERE.parent / "evaluation" / "changelog.yaml"
CACHE = HERE.parents[1] / ".cache" / "reader" / "company"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of all episodes, and what was found; `right` tells it for each window."""

    question: str
    gold: tuple[str, ...]
    topic: Topic | None
    rights: tuple[bool, ...]

    def right(self, among: int = 1) -> bool:
        """Return whether one of the best windows stands on a line that answers."""
        return any(self.rights[:among])

    @property
    def answered(self) -> bool:
        """Return whether the bot answers."""
        return self.topic is not None and decide(self.topic).answers

    @property
    def features(self) -> tuple[float, ...] | None:
        """Return what confidence is made of; None where nothing was found."""
        return features(self.topic) if self.topic and self.topic.ranked else None

    @property
    def chance(self) -> float:
        """Return the probability that the first window answers."""
        return probability(self.topic) if self.topic else 0.0


def asked_of_many(reader: Reader | None = None, files: Sequence[Path] = CHOSEN_ON) -> list[Asked]:
    """Return what is read for each question; the first run has the encoder read all episodes."""
    answerer = Answerer(load(SHOWS, CACHE), reader=reader, cache=CACHE)
    answerer.encode()
    return list(_asked(answerer, files))


def _asked(answerer: Answerer, files: Sequence[Path]) -> Iterator[Asked]:
    for path in files:
        for row in yaml.safe_load(path.read_text("utf-8")):
            topic = answerer.topic(row["question"])
            found = map(answerer.quoted, topic.ranked) if topic else ()
            lines = [f"{one.source}:{one.line}" for one in found]
            gold = tuple(row.get("lines", ()))
            yield Asked(row["question"], gold, topic, tuple(line in gold for line in lines))


def main(files: Sequence[str]) -> None:
    """Print how often what is shown is right, and what is declined."""
    found = asked_of_many(files=tuple(map(Path, files)) or (UNSEEN,))
    good, none = ([one for one in found if bool(one.gold) is there] for there in (True, False))
    for name, among, some in (
        ("found first", good, [one.right() for one in good]),
        ("found three", good, [one.right(3) for one in good]),
        ("first", good, [one.right() and one.answered for one in good]),
        ("three", good, [one.right(3) and one.answered for one in good]),
        ("declined", none, [not one.answered for one in none]),
        ("wrongly declined", good, [not one.answered for one in good]),
    ):
        print(f"{name:18s}{sum(some) / max(1, len(among)):.3f} of {len(among)}")


if __name__ == "__main__":
    main(sys.argv[1:])
