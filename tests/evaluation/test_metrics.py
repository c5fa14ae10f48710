"""Figures and calibration on outcomes made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics import Bin, Figures, Outcome, calibration_error, figures, reliability
from bot.evaluation.questions import Question, Shown


def outcome(*quotes: str, gold: tuple[str, ...] = ("right",), confidence: float = 0.5) -> Outcome:
    shown = tuple(map(Shown, quotes))
    return Outcome(Question("q1", "fact", "What?", gold, ()), shown, confidence)


def test_a_quote_that_holds_a_gold_span_answers() -> None:
    assert outcome("it is right so", "no").first
    assert not outcome("Right", "it is right").first
    assert outcome("Right", "no", "it is right").three
    assert not outcome("no", "no", "no", "it is right").three
    assert outcome("one", gold=("two", "one")).first


def test_no_quotes_are_a_declined_question() -> None:
    assert outcome().declined
    assert not outcome().first
    assert not outcome("no").declined


def test_figures_are_shares_of_the_questions_that_they_speak_of() -> None:
    found = figures(
        [
            outcome("right"),
            outcome("one two three", "right"),
            outcome("one two three four five", "no", "no"),
            outcome(),
            outcome(gold=()),
            outcome("no", gold=()),
            outcome(gold=()),
        ]
    )
    assert found == Figures(
        answerable=4,
        unanswerable=3,
        first=1 / 4,
        three=2 / 4,
        declined=2 / 3,
        wrongly_declined=1 / 4,
        words=3,
    )


def test_a_share_of_no_questions_is_none() -> None:
    assert figures([]) == Figures(0, 0, None, None, None, None, None)
    assert figures([outcome(gold=())]).first is None
    assert figures([outcome("right")]).declined is None
    assert figures([outcome()]).words is None


def test_outcomes_fall_into_bins_of_like_confidence() -> None:
    assert reliability(
        [
            outcome("right", confidence=0.875),
            outcome("no", confidence=0.8125),
            outcome("right", confidence=1.0),
            outcome(confidence=0.0),
        ]
    ) == (Bin(1, 0.0, 0.0), Bin(2, 0.84375, 0.5), Bin(1, 1.0, 1.0))


def test_the_calibration_error_is_the_mean_distance_of_promise_and_outcome() -> None:
    bins = (Bin(3, 0.9, 1.0), Bin(1, 0.5, 0.0))
    assert calibration_error(bins) == pytest.approx((3 * 0.1 + 1 * 0.5) / 4)
    assert calibration_error((Bin(7, 0.4, 0.4),)) == 0.0


@given(
    st.lists(
        st.builds(outcome, st.sampled_from(["right", "no"]), confidence=st.floats(0, 1)),
        min_size=1,
    )
)
def test_bins_hold_every_outcome_and_the_error_is_a_share(outcomes: list[Outcome]) -> None:
    bins = reliability(outcomes)
    assert sum(one.count for one in bins) == len(outcomes)
    assert 0.0 <= calibration_error(bins) <= 1.0
    assert sum(one.count * one.right for one in bins) == pytest.approx(
        sum(one.first for one in outcomes)
    )
