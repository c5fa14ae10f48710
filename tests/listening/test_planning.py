"""Which questions may still be answered unasked, and by what."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.answers import Answer, NoAnswer
from bot.listening import GRACE, MOST_A_DAY, is_sure
from bot.listening.planning import answerable
from bot.storage import PostState, UnaskedAnswer
from tests.storage.samples import DAY, MINUTE, NOW, an_open_question

MIDNIGHT = datetime(2026, 11, 25, tzinfo=UTC)


def answers(*ended: datetime, state: PostState = PostState.POSTED) -> list[UnaskedAnswer]:
    """Answers to other questions that ended at these times, the latest first."""
    return [UnaskedAnswer(n, state, f"0.{n}", at) for n, at in enumerate(ended, 1)][::-1]


def test_all_that_waits_may_be_answered_in_order() -> None:
    waiting = [an_open_question("1.1"), an_open_question("1.2", due_at=NOW + MINUTE)]
    assert answerable(waiting, [], NOW) == waiting


def test_what_was_answered_skipped_or_claimed_is_not_answered_again() -> None:
    waiting = [an_open_question(f"1.{n}") for n in range(4)]
    ended = [
        UnaskedAnswer(n, state, f"1.{n}", NOW)
        for n, state in enumerate(PostState.__members__.values())
    ]
    assert answerable(waiting, ended, NOW) == waiting[3:]


def test_a_question_that_is_late_is_left_alone() -> None:
    waiting = [an_open_question("1.1", due_at=NOW - GRACE), an_open_question("1.2", due_at=NOW)]
    assert answerable(waiting, [], NOW) == waiting
    assert answerable(waiting, [], NOW + timedelta(seconds=1)) == waiting[1:]


def test_after_five_answers_of_a_day_there_is_none_until_midnight_utc() -> None:
    late = MIDNIGHT - MINUTE
    waiting = [an_open_question(due_at=late)]
    posted = answers(*[late - n * MINUTE for n in range(MOST_A_DAY)])
    assert answerable(waiting, posted[1:], late) == waiting
    assert answerable(waiting, posted, late) == []
    assert answerable(waiting, posted, MIDNIGHT) == waiting


def test_what_was_skipped_or_posted_on_another_day_takes_no_place() -> None:
    waiting = [an_open_question()]
    skipped = answers(*[NOW] * MOST_A_DAY, state=PostState.SKIPPED)
    assert answerable(waiting, skipped, NOW) == waiting
    assert answerable(waiting, answers(*[NOW - DAY] * MOST_A_DAY), NOW) == waiting


def answer(kind: str, confidence: float) -> Answer:
    return Answer("q", kind, "", (), confidence=confidence)


@pytest.mark.parametrize("kind", ["quote", "definition"])
def test_an_answer_is_sure_from_the_threshold_on(kind: str) -> None:
    assert is_sure(answer(kind, 0.85))
    assert not is_sure(answer(kind, 0.84))


@pytest.mark.parametrize("kind", ["about", "next", "outline", "hosts", "duration", "takeaways"])
def test_what_the_podcast_says_of_itself_is_never_told_unasked(kind: str) -> None:
    assert not is_sure(answer(kind, 1.0))


def test_no_answer_is_never_sure() -> None:
    assert not is_sure(NoAnswer("q", "unknown", "No.", confidence=0.99))
    assert not is_sure(NoAnswer("hi", "smalltalk", "Hello.", confidence=1.0))
