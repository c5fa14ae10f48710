"""Fit confidence and its thresholds on the author that training leaves out.

    python -m tests.training.fit [--model FOLDER]

Writes `bot/answers/confidence/weights.json`: for windows that were read, and for the search alone.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.answers.confidence.features import FEATURES
from bot.answers.confidence.model import WEIGHTS
from bot.answers.reader import FOLDER
from bot.answers.reader.reader import Reader
from tests.training import calibration
from tests.training.company import Asked, asked_of_many
from tests.training.readings import HELD_AUTHOR, Reading, readings

# Of right first windows, so that of all questions with an answer some 15 % are declined there: with
# 10 % .53 of those without one would be, in place of .68.
MOST_WITHHELD = 0.165
# Among many episodes something is near whatever is asked: at 8 % of those without an answer .68 are
# declined, at 12 % .75, and .13 of the others wrongly.
MOST_WITHHELD_OF_MANY = 0.12


def fitted(
    held: Sequence[Reading | Asked], blank: Sequence[str] = (), withheld: float = MOST_WITHHELD
) -> dict[str, object]:
    """Return the model of some readings, as `weights.json` keeps it.

    Weights tell first windows that are right from questions without an answer: a wrong passage of
    an episode that does answer says nothing about that. A slope and an offset over all questions
    then make a probability of it (Platt scaling). At the threshold a share of what is right is
    `withheld`. The features that `blank` names weigh nothing.
    """
    found = [(one, row) for one in held if (row := one.features)]
    rows = np.array([row for _, row in found]) * [name not in blank for name in FEATURES]
    right = np.array([one.right() for one, _ in found])
    telling = right | np.array([not one.gold for one, _ in found])
    weights = calibration.fit(rows[telling], right[telling].astype(float))[:-1]
    slope, offset = calibration.fit((rows @ weights)[:, None], right.astype(float)).tolist()
    named = dict(zip(FEATURES, (slope * weights).round(4).tolist(), strict=True))
    chance = calibration.chances(rows, np.array([*named.values(), offset]))
    threshold = calibration.threshold(chance, right, withheld)
    return {"weights": named, "constant": round(offset, 4), "threshold": round(threshold, 3)}


def main() -> None:
    """Read the held questions with and without the reader, fit, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=FOLDER)
    given = parser.parse_args()
    read = readings("held", Reader(given.model))
    many = asked_of_many(Reader(given.model))
    searched = readings("held", Reader(Path("none")))
    kept = {
        "fitted_on": (
            f"{len(read)} questions of {HELD_AUTHOR}, whom training leaves out; among many "
            f"episodes {len(many)} by two writers, asked of 120"
        ),
        "read": fitted(read),
        "read_of_many": fitted(many, withheld=MOST_WITHHELD_OF_MANY),
        "searched": fitted(searched),
    }
    WEIGHTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(kept))


if __name__ == "__main__":
    main()
