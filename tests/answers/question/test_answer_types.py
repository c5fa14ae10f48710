"""What an answer must show beyond the words of its question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.question.answer_types import compares, demand, errand, focus, timely
from bot.answers.question.parse import parse


@pytest.mark.parametrize(
    ("core", "kind"),
    [
        ("how many layers does it have", "count"),
        ("what number of examples do i need", "count"),
        ("how much does a seat cost", "price"),
        ("how expensive is it", "price"),
        ("what is the price", "price"),
        ("what percentage of answers is wrong", "ratio"),
        ("how much cheaper is a small model", "ratio"),
        ("how often does it happen", "often"),
        ("how long does it take", "duration"),
        ("how many months does it take", "duration"),
        ("how big is the model", "size"),
        ("when was it released", "date"),
        ("which year was it", "date"),
        ("where can i find the slides", "place"),
        ("who invented it", "name"),
        ("which company made it", "name"),
        ("which vector database do they use", "name"),
    ],
)
def test_a_question_demands_a_thing_of_a_kind(core: str, kind: str) -> None:
    wanted = demand(core)
    assert wanted is not None
    assert wanted.kind == kind


@pytest.mark.parametrize(
    "core", ["what is rag", "why does it hallucinate", "who should sign off", "is it safe", ""]
)
def test_other_questions_demand_nothing_of_a_kind(core: str) -> None:
    assert demand(core) is None


@pytest.mark.parametrize(
    ("core", "meets", "fails"),
    [
        ("how many layers does it have", "It has 80 to 100 layers.", "It has many layers."),
        ("how many layers does it have", "Dozens of layers.", "Dozens of heads."),
        ("how much does a seat cost", "It costs $20.", "It costs a lot."),
        ("what percentage is wrong", "20% of them.", "20 of them."),
        ("how often does it happen", "It is frequent.", "It is bad."),
        ("how long does it take", "It takes months.", "It takes patience."),
        ("when was it released", "It came out in 2017.", "It came out in pieces."),
        ("where can i find the slides", "See https://example.com.", "See the slides."),
        ("who invented it", "It was made by Google.", "It was made by people."),
        ("which model do they use", "They use GPT-4 for it.", "They use a big one for it."),
    ],
)
def test_a_demand_is_met_by_a_sentence_that_shows_such_a_thing(
    core: str, meets: str, fails: str
) -> None:
    wanted = demand(core)
    assert wanted is not None
    assert wanted.met_by(meets)
    assert not wanted.met_by(fails)


@pytest.mark.parametrize(
    ("core", "stems"),
    [
        ("which vector database should we use", {"vector", "databas"}),
        ("how many layers does it have", {"layer"}),
        ("what is the context window", {"context", "window"}),
        ("why", set()),
        ("is it safe", set()),
    ],
)
def test_the_focus_is_what_the_question_names(core: str, stems: set[str]) -> None:
    assert focus(core) == stems


def test_a_comparison_sets_things_against_each_other() -> None:
    assert compares("is rag better than fine-tuning")
    assert compares("rag vs. fine-tuning")
    assert not compares("what is rag")


@given(st.text())
def test_any_text_can_be_asked_for_its_demand(core: str) -> None:
    wanted = demand(core)
    assert isinstance(focus(core), frozenset)
    assert wanted is None or wanted.met_by(core) in (True, False)


@pytest.mark.parametrize(
    ("core", "wanted"),
    [
        ("what's the news today", True),
        ("is the office open on saturdays", True),
        ("what closes this friday", True),
        ("who sold most last quarter", True),
        ("what do newer models do better", False),
        ("how do models read text on screen", False),
    ],
)
def test_a_day_is_told_from_a_topic(core: str, *, wanted: bool) -> None:
    assert timely(core) is wanted


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("Book a table for two", True),
        ("hi, can you please translate this?", True),
        ("Please send it to Anna", True),
        ("explain attention", False),
        ("how do i write a good prompt?", False),
        ("open source or api?", False),
        ("order of magnitude of the cost", False),
    ],
)
def test_an_errand_is_told_from_a_question(message: str, *, wanted: bool) -> None:
    assert errand(parse(message).core) is wanted
