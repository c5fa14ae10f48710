"""What each idea brings: `python -m bot.evaluation.ablation FILE...`, as a Markdown table.

The questions are split in two halves. For each idea its features are blanked, the weights are
fitted on one half and measured on the other, both ways. A file that is named after `--` is never
fitted on and measured as a whole.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.answers import Answerer, ready
from bot.answers.confidence import features as sureness
from bot.answers.retrieval import features as measure
from bot.episodes import load
from bot.evaluation.fit import Example, examples, taught_on
from bot.evaluation.questions import read_questions

# Each idea, and the features of the ranking and of the confidence that stand for it.
IDEAS = {
    "nothing": "",
    "the host's question": "asked_literal asked_meant asked_kin asked_likeness asked_repeated",
    "the thesaurus": "meant asked_meant topic main same_topic same_here focus_meant",
    "concepts spoken of at length": "topic main kin_topic kin_main same_topic",
    "kin words": "kin asked_kin kin_topic kin_main",
    "the form of the question": "number no_number reason example term_defines",
    "the index's score": "index",
    "what the question demands": "demand number_unmet name_unmet",
    "days and errands": "timely errand",
    "what the question names": "focus focus_unmet focus_meant",
    "names that are missing": "names_missing unknown",
    "the lead over the next passage": "margin lead score",
}


def without(known: Sequence[Example], idea: str) -> list[Example]:
    """Return the examples with an idea's features of the ranking blanked."""
    blank = [name in IDEAS[idea].split() for name in measure.FEATURES]
    kept = np.where(blank, 0.0, 1.0)
    return [
        replace(one, found=replace(one.found, features=one.found.features * kept)) for one in known
    ]


def rows(
    answerer: Answerer, known: Sequence[Example], unseen: Sequence[Example]
) -> Iterator[tuple[str, list[dict[str, float]]]]:
    """For each idea what is left without it: on each half, and on the unseen questions."""
    for idea, names in IDEAS.items():
        blank = frozenset(names.split()) & frozenset(sureness.FEATURES)
        left, other = without(known, idea), without(unseen, idea)
        halves = left[::2], left[1::2]
        yield (
            idea,
            [
                taught_on(answerer, halves[1], halves[0], blank),
                taught_on(answerer, halves[0], halves[1], blank),
                *([taught_on(answerer, left, other, blank)] if other else []),
            ],
        )


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    names = list(arguments)
    cut = names.index("--") if "--" in names else len(names)
    knowledge = Path(__file__).parents[2] / "knowledge"
    answerer = ready(load(knowledge), knowledge)
    known, unseen = (
        [one for path in part for one in examples(answerer, read_questions(Path(path)))]
        for part in (names[:cut], names[cut + 1 :])
    )
    columns = ["first half", "second half", *(["unseen"] if unseen else [])]
    print("| without |", " | ".join(f"{one}: first / declined / wrongly" for one in columns), "|")  # noqa: T201 - its output
    print("|---" * (len(columns) + 1) + "|")  # noqa: T201 - its output
    for idea, measured in rows(answerer, known, unseen):
        cells = (
            f"{one['first']:.3f} / {one['declined']:.3f} / {one['wrongly declined']:.3f}"
            for one in measured
        )
        print(f"| {idea} |", " | ".join(cells), "|", flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(sys.argv[1:])
