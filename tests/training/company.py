"""What is found and read for questions that many episodes are asked: `company-a` and `company-b`.

Their episodes are in no other set, and neither writer wrote questions for training. No figure is
claimed on them: the search's weights for many episodes and their confidence are chosen there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers import Answerer
from bot.answers.confidence.features import features
from bot.answers.confidence.model import probability
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.topic import Topic
from bot.episodes import load

HERE = Path(__file__).parent
SHOWS = HERE.parents[2] / "shared" / "podcasts" / "changelog"
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
    def features(self) -> tuple[float, ...] | None:
        """Return what confidence is made of; None where nothing was found."""
        return features(self.topic) if self.topic and self.topic.ranked else None

    @property
    def chance(self) -> float:
        """Return the probability that the first window answers."""
        return probability(self.topic) if self.topic else 0.0


def asked_of_many(reader: Reader | None = None) -> list[Asked]:
    """Return what is read for each question; the first run has the encoder read all episodes."""
    answerer = Answerer(load(SHOWS, CACHE), reader=reader, cache=CACHE)
    answerer.encode()
    return list(_asked(answerer))


def _asked(answerer: Answerer) -> Iterator[Asked]:
    for path in sorted(HERE.glob("company-*.yaml")):
        for row in yaml.safe_load(path.read_text("utf-8")):
            topic = answerer.topic(row["question"])
            found = map(answerer.quoted, topic.ranked) if topic else ()
            lines = [f"{one.source}:{one.line}" for one in found]
            gold = tuple(row.get("lines", ()))
            yield Asked(row["question"], gold, topic, tuple(line in gold for line in lines))
