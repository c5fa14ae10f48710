"""A changed question asks for what the window lacks; what could not be told apart stays."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.answers.reader.said import Said
from tests.training.episodes import Episode, prose
from tests.training.sampling import Pair
from tests.training.swaps import Swaps

SAID = (
    "We built Kubernetes in 2014. Then Docker came along, and some said that Docker was simpler.",
    "In the end Docker won. But some still run Kubernetes, and I think Kubernetes will stay.",
    "They met Docker in Berlin, and left Berlin for it.",
)
EPISODE = Episode("talk", [prose(text, 1_000 * at) for at, text in enumerate(SAID)])
SEEDS = range(60)


def by_first_letter(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return vectors in which Docker is nearer to Kubernetes than Berlin is."""
    places = {"K": (1.0, 0.0), "D": (0.8, 0.6), "B": (0.0, 1.0)}
    return np.array([places[text[0]] for text in texts], np.float32)


def swapped(asked: str, window: str, *, answers: bool = True) -> set[str]:
    """Return all that a question beside a window becomes."""
    pair, swaps = Pair(asked, Said(window), answers), Swaps(by_first_letter)
    found = [
        one
        for seed in SEEDS
        for one in swaps.of(EPISODE, [pair], random.Random(seed))  # noqa: S311 - a seed is the point
    ]
    assert not any(one.answers for one in found)
    return {one.question for one in found}


@pytest.mark.parametrize(
    ("asked", "window", "changed"),
    [
        (
            "why does kubernetes stay",
            "Kubernetes will stay.",
            {"why does docker stay", "why does berlin stay"},
        ),
        ("Why does Kubernetes stay?", "Not Berlin: Kubernetes.", {"Why does Docker stay?"}),
        ("what was the first step", "We began.", {"what was the last step"}),
    ],
)
def test_a_word_becomes_what_the_window_lacks(asked: str, window: str, changed: set[str]) -> None:
    """A name of the episode for a name, as the question writes it, or a word's opposite."""
    assert swapped(asked, window) == changed


def test_names_of_the_likest_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one, it is the nearest."""
    monkeypatch.setattr("tests.training.swaps._NEAREST", 1)
    assert swapped("why does kubernetes stay", "Kubernetes will stay.") == {"why does docker stay"}


def test_a_number_becomes_one_near_it_that_the_window_lacks() -> None:
    """In digits, and in words."""
    years = {f"what came in {year}" for year in (2011, 2012, 2016, 2019)}
    assert swapped("what came in 2014", "It came in 2014, not in 2015 or 2013.") == years
    counts = swapped("what are the three rules", "Three rules, of four, that two often broke.")
    assert "what are the ten rules" in counts  # "often" is not ten
    assert not counts & {f"what are the {word} rules" for word in ("two", "three", "four")}


@pytest.mark.parametrize(
    ("asked", "window"),
    [
        ("why does kubernetes stay", "It will stay."),  # the window says it by another word
        ("why does kubernetes stay", "Docker left Berlin, Kubernetes did not."),  # no other is left
        ("what are the ten steps", "They often do it."),  # no count in the window
        ("what costs 10,000", "It costs 10,000."),
        ("what was the best part", "The best was the talk, the worst the food."),
        ("is docker better", "It is."),  # a yes or no answers the opposite as well
        ("what is it", "A tool."),
    ],
)
def test_what_cannot_be_told_from_the_window_stays_as_it_is(asked: str, window: str) -> None:
    """A pair that nobody can tell from a right one would teach the wrong thing."""
    assert swapped(asked, window) == set()


def test_what_does_not_answer_is_not_changed() -> None:
    """Only what answers has a word to change."""
    assert swapped("why does kubernetes stay", "Kubernetes will stay.", answers=False) == set()
