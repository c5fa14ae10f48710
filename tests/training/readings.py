"""What the bot itself finds and reads for questions on real episodes, and whether that is right."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from bot.answers import Answerer
from bot.answers.confidence.decide import decide
from bot.answers.confidence.features import features
from bot.answers.confidence.model import probability
from bot.answers.reader.reader import Reader
from bot.answers.retrieval.retriever import Ranked, Topic
from bot.answers.retrieval.windows import Window
from bot.episodes import Library
from tests.training.as_episode import converted

HERE = Path(__file__).parent
PODCASTS = HERE.parents[2] / "shared" / "podcasts"
HELD_AUTHOR = "train-f"
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, where the episode answers it, and what was found; None without a search."""

    question: str
    gold: Sequence[Place]
    kind: str
    voice: str
    pair: str
    family: str
    topic: Topic | None
    # Of `gold`, the places that the question's writer named; a second reader found the others.
    written: Sequence[Place] = ()

    @property
    def answered(self) -> bool:
        """Return whether the bot answers."""
        return self.topic is not None and decide(self.topic).answers

    def right(self, among: int = 1) -> bool:
        """Return whether one of the best windows holds the gold."""
        return any(self.holds(one) for one in self.ranked[:among])

    def holds(self, window: Window) -> bool:
        """Return whether a window holds one of the gold places."""
        span = window.span
        return any(span.start <= start and end <= span.end for start, end in self.gold)

    @property
    def ranked(self) -> Sequence[Ranked]:
        """Return the best windows."""
        return self.topic.ranked if self.topic else ()

    @property
    def features(self) -> tuple[float, ...] | None:
        """Return what confidence is made of; None where nothing was found."""
        return features(self.topic) if self.topic and self.topic.ranked else None

    @property
    def chance(self) -> float:
        """Return the probability that the first window answers."""
        return probability(self.topic) if self.topic else 0.0


def readings(side: str, reader: Reader | None = None, every: int = 1) -> list[Reading]:
    """Return what is read for the questions of `held` or `unseen`, or every so many of them."""
    folder = "unseen/*" if side == "unseen" else f"train/{HELD_AUTHOR}"
    paths = sorted((HERE / "questions").glob(f"{folder}/*/*.jsonl"))
    bar = tqdm(paths, desc=side, mininterval=10)
    return [one for path in bar for one in _of_episode(path, reader, every)]


def _of_episode(path: Path, reader: Reader | None, every: int) -> Iterator[Reading]:
    family, name = path.parts[-2], path.name.removesuffix(".jsonl")
    whole = converted(PODCASTS / family / name)
    answerer = Answerer(Library((whole.episode,)), reader=reader)
    for row in list(map(json.loads, path.read_text("utf-8").splitlines()))[::every]:
        written = [whole.place(place) for place in row["gold"]]
        gold = [*written, *(whole.place(place) for place in row.get("also", ()))]
        pair = f"{name} {row['pair']}" if row.get("pair") else ""
        topic = answerer.topic(row["question"])
        yield Reading(
            row["question"], gold, row["kind"], row["voice"], pair, family, topic, written
        )
