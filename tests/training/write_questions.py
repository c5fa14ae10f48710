"""Check a draft of questions and keep it with places in place of words.

    python -m tests.training.write_questions show PODCASTS/FAMILY/FILE
    python -m tests.training.write_questions keep SIDE AUTHOR PODCASTS/FAMILY/FILE DRAFT.jsonl
    python -m tests.training.write_questions episode AUTHOR DRAFT.jsonl

`show` prints the turns to read. A draft holds one JSON object a line: `question`, `kind`, `voice`,
`gold` (verbatim words of the transcript, alternatives; an empty list where the episode does not
answer), `lure` (words that look as if they answered, where nothing does), `pair` (a label that both
halves of a minimal pair bear) and `history` (the questions that a `follow_up` comes after, oldest
first). What is kept holds no word of the transcript. `episode` keeps
questions on the episode of `knowledge/` with their words, which are the project's own.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.training.episodes import Place, library_episode
from tests.training.transcripts import Word, read_turns

QUESTIONS = Path(__file__).with_name("questions")
KINDS = (
    "answer", "paraphrase", "reason", "pair", "near_miss", "premise", "off_topic", "follow_up",
)  # fmt: skip
Row = dict[str, Any]
_THREAD = 4  # questions; the bot looks back further only where they follow each other
_PLAIN = re.compile(r"[^\w]+")


def find(said: str, words: Sequence[Word]) -> list[Place]:
    """Return where some words stand in a transcript, each as (start, end)."""
    wanted = [plain for piece in said.split() if (plain := _PLAIN.sub("", piece.lower()))]
    plain_words = [(_PLAIN.sub("", word.text.lower()), word) for word in words]
    spoken = [(plain, word) for plain, word in plain_words if plain]
    texts = [plain for plain, _ in spoken]
    last = len(wanted)
    return [
        (spoken[at][1].start, spoken[at + last - 1][1].end)
        for at in range(len(texts) - last + 1)
        if wanted and texts[at : at + last] == wanted
    ]


def find_verbatim(said: str, text: str) -> list[Place]:
    """Return where some words stand in a text, letter by letter, each as (start, end)."""
    return [found.span() for found in re.finditer(re.escape(said), text)]


def checked(draft: str, where: Callable[[str], list[Place]]) -> Iterator[Row | str]:
    """Yield each row, with places in place of words, or what is wrong with it.

    `where` returns the places of some words.
    """
    for number, line in enumerate(draft.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            told = {"gold": row["gold"], "lure": row.get("lure", [])}
            kept = {"question": row["question"], "kind": row["kind"]}
        except (ValueError, KeyError, TypeError) as error:
            yield f"line {number}: {error!r}"
            continue
        places = {said: where(said) for said in (*told["gold"], *told["lure"])}
        yield from (f"line {number}: {fault}" for fault in _faults(row, places))
        kept["voice"] = row.get("voice", "plain")
        for key, words in told.items():
            kept[key] = [place for said in words for place in places[said][:1]]
        kept |= {"pair": row.get("pair", ""), "history": row.get("history", [])}
        yield {key: one for key, one in kept.items() if one or key == "gold"}


def _faults(row: Row, places: Mapping[str, list[Place]]) -> Iterator[str]:
    if row["kind"] not in KINDS:
        yield f"kind is one of {', '.join(KINDS)}"
    if row["kind"] == "pair" and not row.get("pair"):
        yield "a pair needs its label"
    if (row["kind"] == "follow_up") is not bool(row.get("history")):
        yield "a follow_up, and nothing else, needs its history"
    if len(row.get("history", ())) > _THREAD:
        yield f"a history is of {_THREAD} questions at most"
    if row["gold"] and row.get("lure"):
        yield "a lure is for what nothing answers"
    for said, found in places.items():
        if len(found) != 1:
            yield f"stands {len(found)} times: {said!r}"


def main(action: str, *arguments: str) -> int:
    """Show a transcript, or keep a draft where every row is right."""
    if action == "show":
        for number, turn in enumerate(read_turns(Path(arguments[0]))):
            print(f"[{number}] {turn.speaker or '-'}: {turn.text}\n")
        return 0
    if action == "episode":
        author, draft = arguments
        _, text = library_episode(QUESTIONS.parents[2] / "knowledge")
        rows = _right(draft, partial(find_verbatim, text=text))
        # Places would change with every edit of the episode: its words are kept as they came.
        return _keep(rows and _lines(draft), QUESTIONS / "episode" / f"{author}.jsonl")
    side, author, source, draft = arguments
    words = [word for turn in read_turns(Path(source)) for word in turn.words]
    family, name = Path(source).parts[-2:]
    rows = _right(draft, partial(find, words=words))
    return _keep(rows, QUESTIONS / side / author / family / f"{name}.jsonl")


def _lines(draft: str) -> list[Row]:
    text = Path(draft).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _right(draft: str, where: Callable[[str], list[Place]]) -> list[Row]:
    """Return the rows of a draft; none where one of them is wrong, which is told."""
    found = list(checked(Path(draft).read_text(encoding="utf-8"), where))
    faults = [row for row in found if isinstance(row, str)]
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return [] if faults else [row for row in found if not isinstance(row, str)]


def _keep(rows: Sequence[Row], target: Path) -> int:
    if not rows:
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} questions, {sum(not row['gold'] for row in rows)} unanswerable: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
