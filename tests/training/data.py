"""Questions with their gold, and the pairs that are learned from them.

Sides: `train` (all authors but one), `held` (that one: calibration and choices), `unseen` (measured
alone). A question's pairs are windows that hold its gold, and others that the index proposes.
"""

import json
import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.answers.reader.said import Said
from tests.training.episodes import (
    Episode,
    Passage,
    Place,
    Run,
    library_episode,
    meeting,
    prose,
    squad_article,
    tiles,
    transcript,
    windows,
)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PODCASTS, PUBLIC = ROOT.parent / "shared" / "podcasts", ROOT.parent / "shared" / "training"
HELD_AUTHOR = "train-f"
SEVEN = (
    "colleagues", "everyday", "near_misses", "off_topic", "paraphrased", "roles", "settings",
)  # fmt: skip
_PROPOSED = 24
_TELLING = 5  # words
_KNOWN_SHARE = 0.2
Known = Collection[str]


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


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a window, and whether the one answers the other."""

    question: str
    window: Said
    answers: bool


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
            row["question"],
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


Propose = Callable[[Question, int], list[Run]]


def by_words(question: Question, most: int) -> list[Run]:
    """Propose the tiles that BM25 finds."""
    return question.episode.tiles(question.text, most)


class Sampler:
    """Draws questions and their pairs, other ones in every round."""

    def __init__(self, questions: Sequence[Question], seed: int, propose: Propose) -> None:
        self.questions = questions
        self._seed, self._propose = seed, propose
        self._shows: dict[str, list[Episode]] = {}
        own = [one for one in questions if one.kind not in ("squad", "qmsum")]
        for episode in {id(one.episode): one.episode for one in own}.values():
            self._shows.setdefault(_show(episode), []).append(episode)

    def order(
        self, epoch: int, squad_share: float, foreign_share: float, known: Known = frozenset()
    ) -> list[Question]:
        """Return the questions of a round, the halves of a pair together.

        They are all of ours, a share of SQuAD's and of those by the authors whom an earlier round
        has learned from (`known`), and as many foreign ones as a share of ours says: questions that
        were asked of another show, and that this episode does not answer.
        """
        draw = random.Random(f"{self._seed} {epoch}")  # noqa: S311 - a seed is the point
        grouped: dict[str, list[Question]] = {}
        for number, question in enumerate(self.questions):
            grouped.setdefault(question.pair or str(number), []).append(question)
        units = [
            unit for unit in grouped.values() if draw.random() < _share(unit[0], squad_share, known)
        ]
        foreign = int(foreign_share * len(units))
        units += [[self._foreign(draw)] for _ in range(foreign)]
        draw.shuffle(units)
        return [question for unit in units for question in unit]

    def _foreign(self, draw: random.Random) -> Question:
        asked = draw.choice(self.questions)
        while len(asked.text.split()) < _TELLING:  # "who is the guest?" is answered everywhere
            asked = draw.choice(self.questions)
        shows = [show for show in self._shows if show != _show(asked.episode)]
        return Question(asked.text, draw.choice(self._shows[draw.choice(shows)]), (), "foreign")

    def pairs(self, question: Question, epoch: int, negatives: int = 4) -> list[Pair]:
        """Return a question's pairs: up to two that answer, and some that do not."""
        draw = random.Random(f"{self._seed} {epoch} {question.text}")  # noqa: S311 - a seed is the point
        return [
            *(Pair(question.text, run.window, answers=True) for run in _positives(question, draw)),
            *(
                Pair(question.text, run.window, answers=False)
                for run in negative_runs(question, draw, negatives, self._propose)
            ),
        ]


def _share(question: Question, squad_share: float, known: Known) -> float:
    if question.author in known:
        return _KNOWN_SHARE
    return squad_share if question.kind == "squad" else 1.0


def _show(episode: Episode) -> str:
    """Return the letters that an episode's name begins with: its show."""
    return re.split(r"\d", episode.name)[0]


def _positives(question: Question, draw: random.Random) -> list[Run]:
    if not question.gold:
        return []
    homes = [
        passage
        for passage in ([question.home] if question.home else question.episode.passages)
        if any(
            passage.sentences[0].start <= start < passage.sentences[-1].end
            for start, _ in question.gold
        )
    ]
    tiled = [run for home in homes for run in tiles(home) if run.holds(question.gold)]
    runs = [run for home in homes for run in windows(home) if run.holds(question.gold)]
    chosen = [draw.choice(tiled)] if tiled else []
    return chosen + ([draw.choice(runs)] if runs else [])


def negative_runs(
    question: Question, draw: random.Random, most: int, propose: Propose = by_words
) -> list[Run]:
    """Return windows that do not answer: tempting ones first, then what the index proposes."""
    if question.home:
        passages = [question.home]
        if draw.random() < 0.3:  # chosen by hand: other paragraphs are easy
            passages += question.episode.proposed(question.text, 3)
        found = [tile for passage in passages for tile in tiles(passage)]
        found += [run for run in windows(question.home) if run.first == run.last]
    else:
        found = propose(question, _PROPOSED)
    tempted = []
    if question.tempting and not question.gold:
        lures = [
            run
            for passage in question.episode.passages
            for run in windows(passage)
            if run.holds(question.tempting)
        ]
        tempted = draw.sample(lures, min(2, len(lures)))
    off = question.tempting if question.gold else ()
    rest = [run for run in found if not run.touches(question.gold) and not run.touches(off)]
    # The nearer to the top of the proposals, the more often.
    weighted = sorted(rest, key=lambda run: draw.random() ** (1 / (1 + rest.index(run))))
    near = [
        run
        for passage in question.episode.passages
        if question.gold and any(run_holds(passage, place) for place in question.gold)
        for run in windows(passage)
        if not run.touches(question.gold) and not run.touches(off)
    ]
    close = [draw.choice(near)] if near else []
    return [*tempted, *close, *weighted[: most - len(tempted) - len(close)]]


def run_holds(passage: Passage, place: Place) -> bool:
    """Return whether a place begins inside a passage."""
    return passage.sentences[0].start <= place[0] < passage.sentences[-1].end


__all__ = ["Pair", "Question", "Sampler", "episode_two", "meetings", "ours", "prose", "squad"]
