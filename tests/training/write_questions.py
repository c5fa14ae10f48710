"""Check a draft of questions and keep it with places in place of words.

    python -m tests.training.write_questions show PODCASTS/FAMILY/FILE
    python -m tests.training.write_questions keep SIDE AUTHOR PODCASTS/FAMILY/FILE DRAFT.jsonl
    python -m tests.training.write_questions episode AUTHOR DRAFT.jsonl

`show` prints the turns to read. A draft holds one JSON object a line: `question`, `kind`, `voice`,
`gold` (verbatim words of the transcript, alternatives; an empty list where the episode does not
answer), `lure` (words that look as if they answered, where nothing does) and `pair` (a label that
both halves of a minimal pair bear). What is kept holds no word of the transcript. `episode` keeps
questions on the episode of `knowledge/` with their words, which are the project's own.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.training.episodes import library_episode
from tests.training.transcripts import Word, read_turns

QUESTIONS = Path(__file__).with_name("questions")
KINDS = ("answer", "paraphrase", "reason", "pair", "near_miss", "premise", "off_topic")
_PLAIN = re.compile(r"[^\w]+")


def find(gold: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return where the words of a gold stand in the file, each as (start, end)."""
    wanted = [plain for piece in gold.split() if (plain := _PLAIN.sub("", piece.lower()))]
    plain_words = [(_PLAIN.sub("", word.text.lower()), word) for word in words]
    spoken = [(plain, word) for plain, word in plain_words if plain]
    texts = [plain for plain, _ in spoken]
    last = len(wanted)
    return [
        (spoken[at][1].start, spoken[at + last - 1][1].end)
        for at in range(len(texts) - last + 1)
        if wanted and texts[at : at + last] == wanted
    ]


def checked(draft: str, words: Sequence[Word]) -> Iterator[dict[str, object] | str]:
    """Yield each row with places, or what is wrong with it."""
    for number, line in enumerate(draft.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            question, kind, golds = row["question"], row["kind"], row["gold"]
        except (ValueError, KeyError, TypeError) as error:
            yield f"line {number}: {error!r}"
            continue
        if kind not in KINDS:
            yield f"line {number}: kind is one of {', '.join(KINDS)}"
        if kind == "pair" and not row.get("pair"):
            yield f"line {number}: a pair needs its label"
        lures = row.get("lure", [])
        if golds and lures:
            yield f"line {number}: a lure is for what nothing answers"
        places = {said: find(said, words) for said in (*golds, *lures)}
        for said, found in places.items():
            if len(found) != 1:
                yield f"line {number}: stands {len(found)} times: {said!r}"
        kept = {
            "question": question,
            "kind": kind,
            "voice": row.get("voice", "plain"),
            "gold": [place for gold in golds for place in places[gold][:1]],
        }
        if lures:
            kept["lure"] = [place for lure in lures for place in places[lure][:1]]
        yield kept | ({"pair": row["pair"]} if row.get("pair") else {})


def of_episode(draft: str, text: str) -> Iterator[str]:
    """Yield what is wrong with the rows of a draft on the episode of the project."""
    for number, line in enumerate(draft.splitlines(), start=1):
        try:
            row = json.loads(line)
            asked, kind, golds = row["question"], row["kind"], row["gold"]
        except (ValueError, KeyError, TypeError) as error:
            yield f"line {number}: {error!r}"
            continue
        if not asked or kind not in KINDS:
            yield f"line {number}: kind is one of {', '.join(KINDS)}"
        if golds and row.get("lure"):
            yield f"line {number}: a lure is for what nothing answers"
        for said in (*golds, *row.get("lure", [])):
            if text.count(said) != 1:
                yield f"line {number}: stands {text.count(said)} times: {said!r}"


def _keep_episode(author: str, draft: str) -> int:
    rows = Path(draft).read_text(encoding="utf-8")
    _, text = library_episode(QUESTIONS.parents[2] / "knowledge")
    if faults := list(of_episode(rows, text)):
        print("\n".join(faults), file=sys.stderr)
        return 1
    target = QUESTIONS / "episode" / f"{author}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(rows, encoding="utf-8")
    print(f"{len(rows.splitlines())} questions: {target}")
    return 0


def main(action: str, *arguments: str) -> int:
    """Show a transcript, or keep a draft where every row is right."""
    if action == "episode":
        return _keep_episode(*arguments)
    if action == "show":
        for number, turn in enumerate(read_turns(Path(arguments[0]))):
            print(f"[{number}] {turn.speaker or '-'}: {turn.text}\n")
        return 0
    side, author, source, draft = arguments
    words = [word for turn in read_turns(Path(source)) for word in turn.words]
    found = list(checked(Path(draft).read_text(encoding="utf-8"), words))
    rows = [row for row in found if not isinstance(row, str)]
    if faults := [row for row in found if isinstance(row, str)]:
        print("\n".join(faults), file=sys.stderr)
        return 1
    family, name = Path(source).parts[-2:]
    target = QUESTIONS / side / author / family / f"{name}.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} questions, {sum(not row['gold'] for row in rows)} unanswerable: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
