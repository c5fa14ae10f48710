"""How often a person may ask."""

import pytest

from bot.slack.requests.rate_limit import RateLimiter, limit_message
from bot.storage import Asker

PERSON = Asker("T1", "U1")


def test_a_person_may_ask_up_to_the_rate_and_is_then_told_how_long_to_wait() -> None:
    limiter = RateLimiter("2/hour")
    assert [limiter.limited(PERSON) for _ in range(2)] == [None, None]
    refusal = limiter.limited(PERSON)
    assert refusal is not None
    assert "again in 60 minutes." in refusal["text"]


def test_everybody_has_a_rate_of_their_own_in_each_workspace() -> None:
    limiter = RateLimiter("1/hour")
    people = [PERSON, Asker("T1", "U2"), Asker("T2", "U1"), None]
    assert [limiter.limited(person) for person in people] == [None] * 4
    assert None not in [limiter.limited(person) for person in people]


def test_looking_whether_the_rate_is_used_up_counts_nothing() -> None:
    limiter = RateLimiter("1/hour")
    assert [limiter.is_used_up(PERSON) for _ in range(3)] == [False] * 3
    assert limiter.limited(PERSON) is None
    assert limiter.is_used_up(PERSON)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second."),
        (60, "60 seconds."),
        (61, "2 minutes."),
        (3_600, "60 minutes."),
        (3_601, "2 hours."),
        (86_400, "24 hours."),
    ],
)
def test_the_wait_is_told_as_people_say_it_and_never_too_short(seconds: int, words: str) -> None:
    assert f"try again in {words}" in limit_message(seconds)["text"]


def test_without_a_limit_nobody_waits() -> None:
    limiter = RateLimiter("off")
    assert [limiter.limited(PERSON) for _ in range(1_000)] == [None] * 1_000
