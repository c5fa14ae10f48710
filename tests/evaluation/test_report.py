"""A run over a question file, for people and for programs."""

import json
from pathlib import Path

import pytest

from bot.answers import Answerer
from bot.errors import UnreadableError
from bot.evaluation import Report, run
from bot.evaluation.metrics import Outcome
from bot.evaluation.questions import Question, Shown

QUESTIONS = """\
- {id: q1, kind: define, question: define RAG, answerable: true, gold: [Combining retrieved]}
- {id: q2, kind: define, question: define LLM, answerable: true, gold: [no such words]}
- {id: q3, kind: chat, question: hi, answerable: false}
- {id: q4, kind: chat, question: takeaway 4, answerable: false}
- {id: q5, kind: thread, question: the next one, history: [takeaway 4], answerable: true,
   gold: [Build verification into your pipeline]}
"""


@pytest.fixture
def report(answerer: Answerer, tmp_path: Path) -> Report:
    file = tmp_path / "questions.yaml"
    file.write_text(QUESTIONS, "utf-8")
    return run(file, answerer)


def test_every_question_is_asked_in_its_thread(report: Report) -> None:
    assert [one.question.id for one in report.outcomes] == ["q1", "q2", "q3", "q4", "q5"]
    assert [one.first for one in report.outcomes] == [True, False, False, False, True]
    assert [one.declined for one in report.outcomes] == [False, False, True, False, False]


def test_programs_get_every_figure(report: Report) -> None:
    found = report.as_json()
    assert json.loads(json.dumps(found)) == found
    assert found["first"] == found["three"] == pytest.approx(2 / 3)
    assert found["declined"] == 0.5
    assert found["wrongly_declined"] == 0.0
    assert list(found["kinds"]) == ["define", "chat", "thread"]
    assert found["kinds"]["define"]["first"] == 0.5
    assert found["kinds"]["chat"]["first"] is None
    assert sum(one["count"] for one in found["reliability"]) == 5
    assert 0 <= found["calibration_error"] <= 1
    assert [row["id"] for row in found["questions"]] == ["q1", "q2", "q3", "q4", "q5"]


def test_people_get_a_table_and_what_went_wrong(report: Report) -> None:
    lines = report.as_text().splitlines()
    assert lines[0].split() == [
        *("questions", "first", "three", "declined", "wrongly", "declined", "words"),
    ]
    assert [line.split()[0] for line in lines[1:5]] == ["define", "chat", "thread", "all"]
    assert [line for line in lines if line.startswith("expected calibration error ")]
    assert [line.split() for line in lines if line.startswith("q")] == [
        ["q2", "none", "of", "three", "right", "define", "LLM"],
        ["q4", "answered,", "should", "not", "takeaway", "4"],
    ]


def test_each_way_to_go_wrong_is_told() -> None:
    gold = Question("g", "fact", "Answerable?", ("right",), ())
    outcomes = (Outcome(gold, (), 0.1), Outcome(gold, (Shown("no"), Shown("right")), 0.5))
    text = Report(outcomes).as_text()
    assert "declined, should not" in text
    assert "second or third right" in text


def test_a_file_that_is_no_question_file_is_named(answerer: Answerer, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.yaml"):
        run(tmp_path / "nowhere.yaml", answerer)


def test_one_quote_is_measured_against_three(report: Report) -> None:
    rows = report.as_json()["one_quote"]
    assert [row["one_from"] for row in rows] == [None, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    assert rows[0]["visible"] == report.as_json()["three"]
    assert all(row["visible"] <= rows[0]["visible"] for row in rows)
    assert all(0 < row["characters"] <= rows[0]["characters"] for row in rows)
    lines = report.as_text().splitlines()
    assert [line.split()[0] for line in lines if line.startswith("         never")] == ["never"]
