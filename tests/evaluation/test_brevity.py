"""What one quote instead of three costs, on outcomes made by hand."""

from dataclasses import replace

from bot.answers import Answer, Quote, as_text
from bot.evaluation.brevity import Brevity, brevity
from bot.evaluation.metrics import Outcome
from bot.evaluation.questions import Question, Shown

QUOTE = Quote(
    text="wrong",
    speaker="Alex",
    role=None,
    segment="One",
    episode="episode-01",
    title="Episode 1",
    source="episode-01/transcript.md",
    start=0,
    end=5,
    digest="0123456789ab",
)
RIGHT = replace(QUOTE, text="right")


def outcome(*quotes: Quote, confidence: float, kind: str = "quote") -> Outcome:
    question = Question("q1", "fact", "What?", ("right",), ())
    answer = Answer("What?", kind, "", quotes, confidence=confidence)
    return Outcome(question, tuple(Shown(one.text) for one in quotes), confidence, answer=answer)


def visible(*outcomes: Outcome) -> dict[float | None, float | None]:
    return {one.one_from: one.visible for one in brevity(outcomes)}


def test_a_right_second_quote_is_lost_from_its_confidence_on() -> None:
    found = visible(outcome(QUOTE, RIGHT, confidence=0.75))
    assert (found[None], found[0.7], found[0.8]) == (1, 0, 1)


def test_a_right_first_quote_is_always_visible() -> None:
    assert set(visible(outcome(RIGHT, QUOTE, confidence=0.75)).values()) == {1}


def test_a_definition_shows_two_quotes() -> None:
    found = visible(outcome(QUOTE, RIGHT, QUOTE, confidence=0.99, kind="definition"))
    assert set(found.values()) == {1}


def test_a_declined_question_shows_nothing_right() -> None:
    declined = Outcome(Question("q2", "fact", "What?", ("right",), ()), (), 0.1)
    assert set(visible(declined).values()) == {0}
    assert next(iter(brevity([declined]))) == Brevity(None, 0, None)


def test_characters_are_those_that_are_read() -> None:
    one = outcome(RIGHT, QUOTE, confidence=0.75)
    assert one.answer
    lengths = {row.one_from: row.characters for row in brevity([one])}
    assert lengths[None] == lengths[0.8] == len(as_text(one.answer))
    assert lengths[0.7] == len(as_text(one.answer, 1))
