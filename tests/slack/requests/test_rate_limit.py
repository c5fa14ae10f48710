"""How often a person may ask."""

import pytest

from bot.slack.requests.rate_limit import Pacing, too_fast


def test_a_person_may_ask_up_to_the_rate_and_is_then_told_how_long_to_wait() -> None:
    pacing = Pacing("2/hour")
    assert [pacing.wait("T1", "U1") for _ in range(2)] == [None, None]
    seconds = pacing.wait("T1", "U1")
    assert seconds is not None
    assert 3_590 <= seconds <= 3_600


def test_everybody_has_a_rate_of_their_own_in_each_workspace() -> None:
    pacing = Pacing("1/hour")
    people = [("T1", "U1"), ("T1", "U2"), ("T2", "U1")]
    assert [pacing.wait(*person) for person in people] == [None] * 3
    assert None not in [pacing.wait(*person) for person in people]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second;"),
        (60, "60 seconds;"),
        (61, "2 minutes;"),
        (3_600, "60 minutes;"),
        (3_601, "2 hours;"),
        (86_400, "24 hours;"),
    ],
)
def test_the_wait_is_told_as_people_say_it_and_never_too_short(seconds: int, words: str) -> None:
    assert f"ask again in {words}" in too_fast(seconds)["text"]


def test_without_a_limit_nobody_waits() -> None:
    pacing = Pacing("off")
    assert [pacing.wait("T1", "U1") for _ in range(1_000)] == [None] * 1_000
