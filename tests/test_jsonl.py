import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers import Answer, Answerer, NoAnswer, Quote
from bot.episodes import load
from bot.jsonl import answer_lines, record

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
QUOTE = Quote(
    text="So it is.",
    speaker="Alex",
    role="Expert",
    segment="One",
    episode="episode-01",
    title="Episode 1",
    source="episode-01/transcript.md",
    start=3,
    end=12,
    digest="0123456789ab",
)
RECORDED = {
    "text": "So it is.",
    "speaker": "Alex",
    "segment": "One",
    "episode": "episode-01",
    "source": "episode-01/transcript.md",
    "start": 3,
    "end": 12,
    "from": None,
    "until": None,
    "line": None,
}


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(load(KNOWLEDGE))


def test_an_answer_has_quotes_and_nothing_near() -> None:
    recorded = record(Answer("Is it?", "quote", "", (QUOTE,), confidence=0.5))
    text = recorded.pop("text")
    assert "So it is." in text
    assert recorded == {
        "question": "Is it?",
        "kind": "quote",
        "answered": True,
        "quotes": [RECORDED],
        "near": [],
        "confidence": 0.5,
        "reason": None,
    }


def test_only_an_answer_that_a_language_model_chose_says_so() -> None:
    answer = Answer("Is it?", "quote", "", (QUOTE,), chosen_by="gpt-x")
    assert record(answer)["chosen_by"] == "gpt-x"
    for other in (replace(answer, chosen_by=""), NoAnswer("Is it?", "unknown", "No.")):
        assert "chosen_by" not in record(other)


def test_no_answer_has_no_quotes_and_what_is_near() -> None:
    recorded = record(
        NoAnswer("Is it?", "unknown", "It does not say.", (QUOTE,), (), 0.1, "below_threshold")
    )
    text = recorded.pop("text")
    assert "It does not say." in text
    assert recorded == {
        "question": "Is it?",
        "kind": "unknown",
        "answered": False,
        "quotes": [],
        "near": [RECORDED],
        "confidence": 0.1,
        "reason": "below_threshold",
    }


def test_small_talk_has_no_reason() -> None:
    assert record(NoAnswer("hi", "smalltalk", "Hi!"))["reason"] is None


def test_a_line_is_answered_with_or_without_history(answerer: Answerer) -> None:
    lines = ['{"question": "define RAG"}', '{"question": "define RAG", "history": ["terms"]}']
    assert [answer["kind"] for answer in answer_lines(answerer, lines)] == ["definition"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[]",
        "{}",
        '{"question": 3}',
        '{"question": null}',
        '{"question": "x", "history": "y"}',
        '{"question": "x", "history": [1]}',
        "[" * 100_000,
    ],
)
def test_a_malformed_line_is_named_by_its_number_and_the_next_one_answered(
    answerer: Answerer, line: str
) -> None:
    malformed, answered = answer_lines(answerer, ["\n", line, '{"question": "define RAG"}\n'])
    assert list(malformed) == ["error"]
    assert malformed["error"].startswith("line 2: ")
    assert answered["answered"]


@pytest.mark.parametrize("line", ["nonsense", "{'question': 'x'}", "[]", "{}", "1" * 5_000])
def test_of_a_line_without_a_question_it_is_said_what_is_expected(
    answerer: Answerer, line: str
) -> None:
    [malformed] = answer_lines(answerer, [line])
    assert malformed["error"].startswith('line 1: no JSON object like {"question": "What is RAG?"}')


def test_what_json_it_is_not_is_told_by_the_column(answerer: Answerer) -> None:
    [malformed] = answer_lines(answerer, ['{"question": "x" "history": []}'])
    assert malformed["error"].endswith("(column 18: Expecting ',' delimiter)")


def test_records_survive_being_written_and_read(answerer: Answerer) -> None:
    [answered] = answer_lines(answerer, [json.dumps({"question": "what is \u2028 \ud800?"})])
    assert json.loads(json.dumps(answered)) == answered
