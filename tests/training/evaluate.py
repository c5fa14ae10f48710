"""Measure the bot on episodes and authors that training has not seen.

    python -m tests.training.evaluate [--model FOLDER] [--float] [--out FIGURES.json]
    python -m tests.training.evaluate [--model FOLDER] --curve | --ablation [--every 2]

Everything is what the bot itself finds, reads and decides. What answers is what a question's writer
named, and what a second reader found, who knew neither that nor what the bot says. `--float` reads
with the model in float beside the int8 one, `--curve` with fewer and more windows, `--ablation`
without one part after another. For those two, confidence is fitted anew each time on the held
author.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import msgspec
import numpy as np
from numpy.typing import NDArray

from bot.answers.confidence import model
from bot.answers.encoder.encoder import Encoder
from bot.answers.reader import FOLDER
from bot.answers.reader.reader import Reader
from bot.answers.retrieval import retriever, search, windows
from tests.training import calibration
from tests.training.fit import fitted
from tests.training.readings import Reading, readings

DEPTHS = (4, 6, 8, 12, 16, 24, 48)
Flags = NDArray[np.bool_]


def measured(found: Sequence[Reading]) -> dict[str, float]:
    """Return the figures of some questions; a share of none is left out."""
    answerable = np.array([bool(one.gold) for one in found])
    shown = np.array([one.answered for one in found])
    first, three = (np.array([one.right(among) for one in found]) for among in (1, 3))
    figures = {
        "found first": _share(first, answerable),
        "found three": _share(three, answerable),
        "first": _share(first & shown, answerable),
        "three": _share(three & shown, answerable),
        "declined": _share(~shown, ~answerable),
        "wrongly declined": _share(~shown, answerable),
    }
    chance = np.array([one.chance for one in found])
    figures["calibration error"] = calibration.calibration_error(chance, first.astype(float))
    if answerable.any() and not answerable.all():
        figures["auroc"] = calibration.auroc(chance, answerable)
    if pairs := _pairs(found, shown, first):
        figures["pairs both right"] = float(np.mean(pairs))
    return {name: round(value, 3) for name, value in figures.items() if not np.isnan(value)}


def _share(what: Flags, among: Flags) -> float:
    return float(what[among].mean()) if among.any() else float("nan")


def _pairs(found: Sequence[Reading], shown: Flags, first: Flags) -> list[bool]:
    """Return for each minimal pair whether its one half is answered and the other declined."""
    halves: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one, seen, right in zip(found, shown, first, strict=True):
        if one.pair:
            good = bool(seen and right) if one.gold else not seen
            halves[one.pair].append((bool(one.gold), good))
    return [
        all(good for _, good in some)
        for some in halves.values()
        if {answerable for answerable, _ in some} == {True, False}
    ]


def table(title: str, sets: Mapping[str, Sequence[Reading]]) -> None:
    """Print one line of figures for each set."""
    print(f"\n{title}")
    for name, found in sets.items():
        print(f"{name:30s}{len(found):5d}  {json.dumps(measured(found))}")


def by(found: Sequence[Reading], key: Callable[[Reading], str]) -> dict[str, list[Reading]]:
    """Return readings by a property of their questions."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return dict(sorted(groups.items()))


def anew(name: str, reader: Reader, every: int, blank: Sequence[str] = ()) -> None:
    """Fit confidence on the held author, and print what it gives on unseen questions."""
    fit = fitted(readings("held", reader, every), blank)
    own = msgspec.convert(fit, model.Model)
    model.MODELS = msgspec.structs.replace(model.MODELS, read=own, searched=own)
    begun = time.thread_time()
    found = readings("unseen", reader, every)
    spent = 1000 * (time.thread_time() - begun) / len(found)
    print(f"{name:28s}{spent:5.0f} ms  {json.dumps(measured(found))}", flush=True)


def curve(reader: Reader, every: int) -> None:
    """Print what as many windows would give."""
    for depth in DEPTHS:
        with mock.patch.object(retriever, "MOST_READ", depth):
            anew(f"{depth} windows", reader, every)


def ablation(reader: Reader, every: int) -> None:
    """Print what is lost without each part."""
    anew("nothing", reader, every)
    with mock.patch.object(Encoder, "fault", "left out"):
        anew("the encoder", reader, every)
    with mock.patch.object(search, "_WORDS", 0.0):
        anew("all words in common", reader, every)
    with mock.patch.object(windows, "asked_before", return_value=""):
        anew("the host's question", reader, every)
    anew("the terms", reader, every, ["unmet", "named_unmet"])
    anew("the reader", Reader(Path("none")), every)


def main() -> None:
    """Read everything once, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--float", action="store_true")
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.curve or given.ablation:
        (curve if given.curve else ablation)(Reader(given.model), given.every)
        return
    unseen = readings("unseen", Reader(given.model))
    as_written = [replace(one, gold=one.written) for one in unseen]
    table("all", {"unseen": unseen, "by the writer's places alone": as_written})
    table("by family", by(unseen, lambda one: one.family))
    table("by kind", by(unseen, lambda one: one.kind))
    table("by voice", by(unseen, lambda one: one.voice))
    print("\nreliability: questions, said, was")
    chance = np.array([one.chance for one in unseen])
    for count, said, was in calibration.reliability(
        chance, np.array([float(one.right()) for one in unseen])
    ):
        print(f"{count:5d} {said:.2f} {was:.2f}")
    figures = {"unseen": measured(unseen), "by the writer's places alone": measured(as_written)}
    if given.float:
        figures["unseen, in float"] = measured(readings("unseen", Reader(given.model / "float")))
        print("\nin float:", json.dumps(figures["unseen, in float"]))
    if given.out:
        given.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
