"""Measure the reader on episodes and authors that it has not seen.

    python -m tests.training.evaluate [--model FOLDER] [--float] [--proposer both] [--card]

The probability is fitted, and its threshold chosen, on the author that training leaves out;
`unseen` is measured alone. Then dev.yaml, with the same threshold.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bot.answers.reader.reader import FOLDER, Reader
from tests.training import calibration
from tests.training.bert import pretrained
from tests.training.data import Question, episode_two, ours
from tests.training.episodes import Episode, Run
from tests.training.proposals import PROPOSERS, Embeddings, Proposals

DEPTHS = (6, 12, 24, 48)
MOST_WRONGLY = 0.08
_THREADS = 2  # the machine's cores; a reader uses one of them
Floats = NDArray[np.float64]
Scores = Callable[[str, list[Run]], list[float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, the tiles proposed for it, and the logit of each."""

    question: Question
    runs: list[Run]
    logits: list[float]

    def best(self, depth: int) -> list[tuple[float, Run]]:
        """Return the best windows of the first `depth`, none of which overlaps a better one."""
        rows = zip(self.logits[:depth], self.runs[:depth], strict=True)
        kept: list[tuple[float, Run]] = []
        for logit, run in sorted(rows, key=lambda row: -row[0]):
            if not any(other.touches([run.place]) for _, other in kept):
                kept.append((logit, run))
        return kept

    def features(self, depth: int) -> list[float]:
        """Return what the probability is made of."""
        best = self.best(depth)
        apart = best[1][0] if len(best) > 1 else None
        return calibration.features([logit for logit, _ in best[:1]], apart)

    def right(self, depth: int, among: int = 1) -> bool:
        """Return whether one of the best windows holds the gold."""
        return any(run.holds(self.question.gold) for _, run in self.best(depth)[:among])

    def proposed(self, depth: int) -> bool:
        """Return whether a window with the gold is read."""
        return any(run.holds(self.question.gold) for run in self.runs[:depth])


def read(
    questions: Sequence[Question], scores: Scores, proposer: str, most: int, tokenizer: Path
) -> list[Reading]:
    """Propose and read for each question."""
    embeddings = Embeddings(pretrained(), tokenizer).of if proposer != "bm25" else None

    @cache
    def proposals(episode: Episode) -> Proposals:
        return Proposals(episode, embeddings)

    def one(question: Question) -> Reading:
        runs = proposals(question.episode).best(question.text, most, proposer)
        return Reading(question, runs, scores(question.text, runs))

    for question in questions:
        proposals(question.episode)
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(tqdm(threads.map(one, questions), total=len(questions), mininterval=10))


class Judge:
    """The probability and its threshold, from readings that training left out."""

    def __init__(self, held: Sequence[Reading], depth: int) -> None:
        self.depth = depth
        rows = np.array([one.features(depth) for one in held])
        right = np.array([float(one.right(depth)) for one in held])
        answerable = np.array([bool(one.question.gold) for one in held])
        self.weights = calibration.fit(rows, right)
        chance = calibration.chances(rows, self.weights)
        self.threshold = calibration.threshold(chance, answerable, MOST_WRONGLY)

    def chances(self, readings: Sequence[Reading]) -> Floats:
        """Return the probability of each reading that its first window answers."""
        rows = np.array([one.features(self.depth) for one in readings])
        return calibration.chances(rows, self.weights)


def measured(readings: Sequence[Reading], judge: Judge) -> dict[str, float]:
    """Return the figures of one set."""
    depth, chance = judge.depth, judge.chances(readings)
    shown = chance >= judge.threshold
    answerable = np.array([bool(one.question.gold) for one in readings])
    first = np.array([one.right(depth) for one in readings])
    three = np.array([one.right(depth, 3) for one in readings])
    off = np.array([one.question.kind == "off_topic" for one in readings])
    figures = {
        "questions": float(len(readings)),
        "proposed": _share(np.array([one.proposed(depth) for one in readings]), answerable),
        "found first": _share(first, answerable),
        "found three": _share(three, answerable),
        "first": _share(first & shown, answerable),
        "three": _share(three & shown, answerable),
        "declined": _share(~shown, ~answerable),
        "wrongly declined": _share(~shown, answerable),
        "off-topic declined": _share(~shown, off & ~answerable),
        "calibration error": calibration.calibration_error(chance, first.astype(float)),
    }
    if answerable.any() and not answerable.all():
        best = np.array([one.features(depth)[0] for one in readings])
        figures["auroc"] = calibration.auroc(best, answerable)
        figures["auroc of the probability"] = calibration.auroc(chance, answerable)
    if pairs := _pairs(readings, shown, first):
        figures["pairs"] = float(len(pairs))
        figures["pairs both right"] = float(np.mean(pairs))
    return {name: round(value, 4) for name, value in figures.items()}


def _share(what: NDArray[np.bool_], among: NDArray[np.bool_]) -> float:
    return float(what[among].mean()) if among.any() else float("nan")


def _pairs(
    readings: Sequence[Reading], shown: NDArray[np.bool_], first: NDArray[np.bool_]
) -> list[bool]:
    """Return for each minimal pair whether its one half is answered and the other declined."""
    halves: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one, seen, right in zip(readings, shown, first, strict=True):
        if one.question.pair:
            good = bool(seen and right) if one.question.gold else not seen
            halves[one.question.pair].append((bool(one.question.gold), good))
    return [
        all(good for _, good in some)
        for some in halves.values()
        if {answerable for answerable, _ in some} == {True, False}
    ]


def table(title: str, sets: Mapping[str, Sequence[Reading]], judge: Judge) -> None:
    """Print one line of figures for each set."""
    names = ("questions", "proposed", "found first", "found three", "first", "three", "declined",
             "wrongly declined")  # fmt: skip
    print(f"\n{title:22s}" + "".join(f"{name:>18s}" for name in names))
    for name, readings in sets.items():
        figures = measured(readings, judge)
        print(f"{name:22s}" + "".join(f"{figures[key]:18.3f}" for key in names))


def grouped(
    readings: Sequence[Reading], key: Callable[[Question], str]
) -> dict[str, list[Reading]]:
    """Return readings by a property of their questions."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        groups[key(one.question)].append(one)
    return dict(sorted(groups.items()))


def main() -> None:
    """Read everything once, then print what each depth would have given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--proposer", choices=PROPOSERS, default="both")
    parser.add_argument("--most", type=int, default=DEPTHS[-1])
    parser.add_argument("--depth", type=int, default=24)
    parser.add_argument("--held", type=int, help="read about so many of the held questions alone")
    parser.add_argument("--out", type=Path, help="write the figures here, as JSON")
    given = parser.parse_args()
    reader, spent = Reader(given.model), [0.0, 0]

    def scores(question: str, runs: list[Run]) -> list[float]:
        begun = time.thread_time()
        found = reader.scores(question, [run.window for run in runs])
        spent[0] += time.thread_time() - begun
        spent[1] += len(runs)
        return found

    reader.load()
    sides = {side: ours(side) for side in ("held", "unseen")} | {"dev": episode_two(("dev",))}
    if given.held:
        sides["held"] = sides["held"][:: max(1, len(sides["held"]) // given.held)]
    readings = {
        name: read(questions, scores, given.proposer, given.most, given.model / "tokenizer.json")
        for name, questions in sides.items()
    }
    milliseconds = 1000 * spent[0] / max(spent[1], 1)
    figures: dict[str, object] = {"milliseconds a window": round(milliseconds, 2)}
    for depth in [one for one in DEPTHS if one <= given.most]:
        judge = Judge(readings["held"], depth)
        table(f"{depth} windows, {depth * milliseconds:.0f} ms", readings, judge)
    judge = Judge(readings["held"], given.depth)
    unseen = readings["unseen"]
    table("by family", grouped(unseen, lambda question: question.source), judge)
    table("by voice", grouped(unseen, lambda question: question.voice), judge)
    table("by kind", grouped(unseen, lambda question: question.kind), judge)
    print(f"\nthreshold {judge.threshold:.3f}, weights {judge.weights.round(3).tolist()}")
    for name, some in readings.items():
        rows = measured(some, judge).items()
        figures[name] = {key: value for key, value in rows if not np.isnan(value)}
        print(name, json.dumps(figures[name]))
    right = np.array([float(one.right(given.depth)) for one in unseen])
    print("\nreliability on unseen: count, said, was")
    for count, said, was in calibration.reliability(judge.chances(unseen), right):
        print(f"{count:5d} {said:.2f} {was:.2f}")
    figures |= {
        "windows": given.depth, "proposer": given.proposer, "threshold": judge.threshold,
        "weights": judge.weights.tolist(),
    }  # fmt: skip
    if given.out:
        given.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
