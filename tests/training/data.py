"""Questions with their gold: this project's, SQuAD's and QMSum's.

Sides: `train` (all authors but one), `held` (that one: calibration and choices), `unseen` (measured
alone).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.training.episodes import (
    Episode,
    Passage,
    Place,
    library_episode,
    meeting,
    squad_article,
    transcript,
)
from tests.training.threads import in_thread

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PODCASTS, PUBLIC = ROOT.parent / "shared" / "podcasts", ROOT.parent / "shared" / "training"
HELD_AUTHOR = "train-f"
SEVEN = (
    "colleagues", "everyday", "near_misses", "off_topic", "paraphrased", "roles", "settings",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question on an episode; `gold` is empty where the episode does not answer."""

    text: str
    episode: Episode
    gold: tuple[Place, ...]
    kind: str = ""
    voice: str = ""
    pair: str = ""
    source: str = ""
    # Windows that look as if they answered, where somebody marked them.
    tempting: tuple[Place, ...] = ()
    # The passage that the question was written on: what others say of it is not known.
    home: Passage | None = None
    author: str = ""


def ours(side: str) -> list[Question]:
    """Return our questions of one side: `train`, `held` or `unseen`."""
    folder = "unseen" if side == "unseen" else "train"
    found: list[Question] = []
    for path in sorted((HERE / "questions" / folder).glob("*/*/*.jsonl")):
        author, family = path.parts[-3:-1]
        if folder == "train" and (author == HELD_AUTHOR) != (side == "held"):
            continue
        episode = transcript(PODCASTS / family / path.name.removesuffix(".jsonl"))
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found += _with_pairs(rows, episode, family, author)
    return found


def _with_pairs(
    rows: Sequence[Mapping[str, Any]], episode: Episode, source: str, author: str
) -> Iterator[Question]:
    golds: dict[str, list[Place]] = {}
    for row in rows:
        golds.setdefault(row.get("pair", ""), []).extend(_places_of(row, "gold"))
    for row in rows:
        own, label = (*_places_of(row, "gold"), *_places_of(row, "also")), row.get("pair", "")
        lures = _places_of(row, "lure")
        yield Question(
            in_thread(row["question"], row.get("history", ())),
            episode,
            own,
            row["kind"],
            row["voice"],
            f"{episode.name} {author} {label}" if label else "",
            source,
            # What answers the other half of a minimal pair tempts this half.
            (*lures, *golds[label]) if label and not own else lures,
            author=author,
        )


def _places_of(row: Mapping[str, Any], key: str) -> tuple[Place, ...]:
    return tuple((start, end) for start, end in row.get(key, ()))


def episode_two(names: Sequence[str] = SEVEN) -> list[Question]:
    """Return the questions of evaluation files, without their threads."""
    episode, text = library_episode(ROOT / "knowledge")
    found = []
    for name in names:
        rows = yaml.safe_load((ROOT / "tests" / "evaluation" / f"{name}.yaml").read_text("utf-8"))
        for row in rows:
            if row.get("history"):
                continue
            gold = tuple(place for said in row.get("gold", ()) for place in _places(said, text))
            if bool(gold) == row["answerable"]:
                found.append(Question(row["question"], episode, gold, row["kind"], source=name))
    for path in sorted((HERE / "questions" / "episode").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            for key in ("gold", "lure"):
                row[key] = [place for said in row.get(key, ()) for place in _places(said, text)]
        found += _with_pairs(rows, episode, path.stem, path.stem)
    return found


def _places(said: str, text: str) -> Iterator[Place]:
    for found in re.finditer(re.escape(said), text):
        yield found.span()


def squad() -> list[Question]:
    """Return SQuAD's questions, each at home in its paragraph."""
    data = json.loads((PUBLIC / "squad-2.0-a.json").read_text("utf-8"))["data"]
    found = []
    for article in data:
        episode = squad_article(article, article["title"])
        for passage, paragraph in zip(episode.passages, article["paragraphs"], strict=True):
            start = passage.sentences[0].start // 1_000_000 * 1_000_000
            for asked in paragraph["qas"]:
                marked = asked["answers"] or asked.get("plausible_answers", [])
                places = tuple(
                    (start + one["answer_start"], start + one["answer_start"] + len(one["text"]))
                    for one in marked
                )
                gold, tempting = ((), places) if asked["is_impossible"] else (places, ())
                found.append(Question(
                    asked["question"], episode, gold, "squad", "", "", "squad", tempting, passage
                ))  # fmt: skip
    return found


def meetings() -> list[Question]:
    """Return QMSum's specific questions; gold is the window of its turns nearest to the summary."""
    found = []
    for name in ("qmsum-val", "qmsum-test"):
        for number, line in enumerate((PUBLIC / f"{name}.jsonl").read_text("utf-8").splitlines()):
            episode = meeting(line, f"{name} {number}")
            for row in json.loads(line)["specific_query_list"]:
                spans = [(int(first), int(last)) for first, last in row["relevant_text_span"]]
                inside = [
                    passage
                    for passage in episode.passages
                    if any(a <= passage.sentences[0].start // 1_000_000 <= b for a, b in spans)
                ]
                told = Episode("", inside).tiles(f"{row['query']} {row['answer']}", 3)
                places = tuple(tile.place for tile in told if tile.words > 15)[:1]
                if places:
                    tempting = tuple((a * 1_000_000, (b + 1) * 1_000_000) for a, b in spans)
                    found.append(Question(
                        row["query"], episode, places, "qmsum", "", "", "qmsum", tempting
                    ))  # fmt: skip
    return found
