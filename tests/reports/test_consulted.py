"""What a report says of a language model that was asked."""

import csv
import io
from typing import Any

import pytest

from bot.reports import Consultations, Report, as_csv, as_json, as_text
from tests.reports.conftest import MakeReport
from tests.storage.samples import a_question

FIGURES = {
    "asked": 5,
    "agreed": 2,
    "pointed": 1,
    "declined": 1,
    "failed": 1,
    "tokens": 12_600,
    "mean_seconds": 1.08,
}


@pytest.fixture
def report(report_of: MakeReport) -> Report:
    """A day on which a model was asked about five of six questions."""
    outcomes = {
        "q1": ("agreed", 3_000, 0.5),
        "q2": ("agreed", 3_000, 0.6),
        "q3": ("pointed", 3_000, 0.7),
        "q4": ("declined", 2_000, 0.6),
        "q5": ("failed", 1_600, 3.0),
    }
    asked = [
        a_question(id=name, pointing=outcome, tokens=tokens, pointing_seconds=seconds)
        for name, (outcome, tokens, seconds) in outcomes.items()
    ]
    return report_of([*asked, a_question(id="q6")])


def rows(report: Report) -> list[dict[str, Any]]:
    """The rows of the table that speak of the model."""
    table = csv.DictReader(io.StringIO(as_csv(report)))
    return [row for row in table if row["section"] == "model"]


def test_what_became_of_the_model_is_counted(report: Report) -> None:
    assert report.model == Consultations(2, 1, 1, 1, tokens=12_600, mean_seconds=1.08)
    assert report.model.asked == 5


def test_people_read_it_at_the_end(report: Report) -> None:
    assert as_text(report).split("\n\n")[-1].splitlines() == [
        "A language model",
        "  asked                  5",
        "  agreed                 2",
        "  pointed                1",
        "  declined               1",
        "  failed                 1",
        "  tokens            12,600",
        "  mean seconds        1.08",
    ]


def test_programs_and_spreadsheets_get_the_same(report: Report) -> None:
    assert as_json(report)["model"] == FIGURES
    assert {row["item"]: float(row["count"]) for row in rows(report)} == FIGURES


def test_where_none_was_asked_nothing_is_said(report_of: MakeReport) -> None:
    quiet = report_of([a_question()])
    assert quiet.model is None
    assert as_json(quiet)["model"] is None
    assert rows(quiet) == []
    assert "language model" not in as_text(quiet)
