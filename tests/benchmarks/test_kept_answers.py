"""What a decline costs more where a workspace keeps as many answers of people's as are compared."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bot.answers.encoder.encoder import Encoder
from bot.answers.question.same import same_question
from bot.storage import Handover, Store
from bot.storage.asked.kept_answers import MOST_KEPT
from tests.benchmarks.timing import p50

TRAIN = Path(__file__).parents[1] / "training/questions/train"
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MOST = 0.010  # seconds


def written() -> Iterator[str]:
    """Questions that people wrote, in the order of their files."""
    for path in sorted(TRAIN.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}")) as opened:
        yield opened


def test_500_kept_answers_are_looked_through_in_ten_milliseconds(store: Store) -> None:
    for number, question in enumerate(islice(written(), MOST_KEPT)):
        handover = Handover(str(number), "T1", question, "U1", NOW)
        store.handovers.add(handover)
        answered = store.handovers.answer(handover, "Ask Sam. " * 300, "U2", NOW)
        assert answered
        store.kept_answers.add(answered)
    encoder = Encoder()

    def look(question: str) -> None:
        known = [words for _, words in store.kept_answers.questions("T1")]
        same_question(question, known, encoder)

    new = list(islice(written(), MOST_KEPT, MOST_KEPT + 100))
    known = list(islice(written(), 100))
    for name, questions in (("new", new), ("known", known)):
        took = p50(look, questions)
        print(f"\n{MOST_KEPT} kept, a {name} question: {1e3 * took:.1f} ms")
        assert took < MOST
