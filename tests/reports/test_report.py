import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.reports import Quoted, Report, Thumbs, as_csv, as_json, as_text, build
from bot.storage import Asker, Passage, Question, Store
from tests.reports.conftest import MakeReport
from tests.storage.samples import DAY, MINUTE, NOW, PASSAGE, a_question, a_thumb

OTHER = Passage("episode-03", "SEGMENT 1: Ünïcode", 5, 9)


def declined(words: str = "What does it cost?", **fields: Any) -> Question:
    given = {"kind": "unknown", "reason": "below_threshold", **fields}
    return a_question(words, answered=False, passages=(), **given)


@pytest.fixture
def report(report_of: MakeReport) -> Report:
    """A day with something of everything."""
    return report_of(
        [
            a_question(id="q1", passages=(PASSAGE, PASSAGE, OTHER)),
            a_question(id="q2"),
            declined(id="q3", asked_at=NOW + MINUTE),
            declined("how much does it cost", id="q4", asked_at=NOW + 2 * MINUTE),
            declined("=HYPERLINK(0)", id="q5", reason="missing_name"),
        ],
        [
            a_thumb("q1"),
            a_thumb("q1b", helpful=False, passages=(OTHER,)),
            a_thumb("q2", helpful=False, reason="wrong_passage"),
            a_thumb("q2b", helpful=False),
            a_thumb(
                "q3", helpful=False, reason="says more", passages=(), comment="+1 see\x1b[2J 12:30"
            ),
        ],
    )


def test_every_question_is_answered_or_declined(report: Report) -> None:
    assert (report.asked, report.answered, report.declined) == (5, 2, 3)
    assert (report.up, report.down) == (1, 4)


def test_what_was_declined_is_grouped(report: Report) -> None:
    assert [(one.count, one.latest) for one in report.unanswered] == [
        (2, NOW + 2 * MINUTE),
        (1, NOW),
    ]


def test_why_questions_were_declined_is_counted_the_commonest_first(report: Report) -> None:
    assert report.reasons == (("below_threshold", 2), ("missing_name", 1))
    assert as_json(report)["reasons"][0] == {"reason": "below_threshold", "count": 2}
    rows = csv.DictReader(io.StringIO(as_csv(report)))
    counted = [(row["item"], row["count"]) for row in rows if row["section"] == "declined"]
    assert counted == [("below_threshold", "2"), ("missing_name", "1")]


def test_questions_from_before_reasons_were_kept_say_so(report_of: MakeReport) -> None:
    old = report_of([declined(reason="")])
    assert old.reasons == (("", 1),)
    assert "1 × reason not kept" in as_text(old)


@pytest.mark.parametrize(
    "words", ["モデルはなぜ幻覚を見るのか" * 9, f"https://example.com/{'a' * 90}"]
)
def test_of_a_long_question_without_a_space_the_text_shows_the_beginning(
    report_of: MakeReport, words: str
) -> None:
    text = as_text(report_of([declined(words)], []))
    assert words[:50] in text
    assert words not in text


def test_thumbs_are_told_by_passage_and_reason_the_most_down_first(report: Report) -> None:
    assert report.thumbs == (
        Thumbs(PASSAGE, 1, 2, ((None, 1), ("wrong_passage", 1))),
        Thumbs(None, 0, 1, (("says more", 1),)),
        Thumbs(OTHER, 0, 1, ((None, 1),)),
    )


def test_a_segment_is_counted_once_an_answer(report: Report) -> None:
    assert report.quoted == (
        Quoted("episode-02", "SEGMENT 3", 2),
        Quoted("episode-03", "SEGMENT 1: Ünïcode", 1),
    )


def test_a_report_is_of_a_span_of_time_and_of_one_workspace(memory: Store) -> None:
    for team, asked_at in (("T1", NOW), ("T2", NOW), ("T1", NOW - DAY)):
        memory.questions.add(Asker(team, "U1"), a_question(asked_at=asked_at))
        memory.questions.judge(Asker(team, "U1"), a_thumb(team, given_at=asked_at))
    assert build(memory, NOW).asked == 2
    assert build(memory, NOW - DAY).asked == 3
    assert build(memory, NOW, "T1").asked == 1
    assert build(memory, NOW, "T2").up == 1
    assert build(memory, NOW, "T3") == Report(NOW, 0, 0, 0, 0, (), (), ())


def test_people_read_the_figures_and_every_list(report: Report) -> None:
    assert as_text(report).splitlines() == [
        "Questions since 24 November 2026",
        "",
        "  asked            5",
        "  answered         2    40%",
        "  declined         3    60%",
        "",
        "What the episodes did not answer",
        f"      2 × {'What does it cost?':64}  last 24 Nov 2026",
        f"      1 × {'=HYPERLINK(0)':64}  last 24 Nov 2026",
        "",
        "Why not",
        "      2 × below threshold",
        "      1 × missing name",
        "",
        "Thumbs: 1 up, 4 down",
        "     up   down  passage",
        "      1      2  episode-02 · SEGMENT 3 · 100-120",
        "                no reason 1, wrong passage 1",
        "      0      1  answers without a quote",
        "                says more 1",
        "      0      1  episode-03 · SEGMENT 1: Ünïcode · 5-9",
        "",
        "What people added",
        "      “+1 see [2J 12:30”",
        "",
        "Most quoted",
        "      2 × episode-02 · SEGMENT 3",
        "      1 × episode-03 · SEGMENT 1: Ünïcode",
    ]


def test_a_quiet_time_is_said_in_a_line(report_of: MakeReport) -> None:
    assert as_text(report_of()) == "Questions since 24 November 2026\n\n  Nothing was asked."


def test_a_long_list_is_cut_and_says_so_and_no_line_is_too_long(report_of: MakeReport) -> None:
    names = "abcdefghijklmnopqrst"
    long = "word " * 30
    text = as_text(
        report_of(
            [declined(f"{name * 9} {long}") for name in names],
            [a_thumb("q", passages=(Passage("episode-02", long, 10_000, 20_000),))],
        )
    )
    assert "and 5 more; --json and --csv list all" in text
    assert max(map(len, text.splitlines())) <= 100


def test_programs_get_all_of_it(report: Report) -> None:
    found = as_json(report)
    assert json.loads(json.dumps(found)) == found
    assert (found["asked"], found["since"]) == (5, "2026-11-24T09:00:00+00:00")
    assert found["unanswered"][0]["latest"] == "2026-11-24T09:02:00+00:00"
    assert found["thumbs"][0]["passage"]["segment"] == "SEGMENT 3"
    assert found["thumbs"][1]["passage"] is None
    assert found["thumbs"][1]["reasons"] == [{"reason": "says more", "count": 1}]
    assert found["quoted"][1]["episode"] == "episode-03"


def test_spreadsheets_get_one_table(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(report))))
    totals = {row["item"]: row["count"] for row in rows if row["section"] == "total"}
    assert totals == {
        "asked": "5",
        "answered": "2",
        "declined": "3",
        "up": "1",
        "down": "4",
    }
    thumbs = [row for row in rows if row["section"] == "thumbs"]
    assert [(row["item"], row["episode"], row["start"], row["count"]) for row in thumbs] == [
        ("up", "episode-02", "100", "1"),
        ("down: no reason", "episode-02", "100", "1"),
        ("down: wrong_passage", "episode-02", "100", "1"),
        ("down: says more", "", "", "1"),
        ("down: no reason", "episode-03", "5", "1"),
    ]
    assert [row["segment"] for row in rows if row["section"] == "quoted"] == [
        "SEGMENT 3",
        "SEGMENT 1: Ünïcode",
    ]
    assert all(None not in row.values() for row in rows)


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "＝", " ="])
def test_no_cell_is_taken_for_a_formula(report_of: MakeReport, begin: str) -> None:
    words = f'{begin}cmd|"a", b'
    segment = Passage("episode-02", words, 1, 2)
    report = report_of([declined(words), a_question(passages=(segment,))])
    rows = list(csv.DictReader(io.StringIO(as_csv(report), newline="")))
    cells = [row["item"] for row in rows if row["section"] == "unanswered"]
    cells += [row["segment"] for row in rows if row["section"] == "quoted"]
    assert len(cells) == 2
    for cell in cells:
        assert cell.startswith("'")
        assert cell.endswith('cmd|"a", b')


def test_a_report_of_both_databases_is_the_same(store: Store) -> None:
    for minutes in range(3):
        asked = a_question(asked_at=NOW + timedelta(minutes=minutes))
        store.questions.add(Asker("T1", "U1"), asked)
    assert build(store, NOW).quoted == (Quoted("episode-02", "SEGMENT 3", 3),)
