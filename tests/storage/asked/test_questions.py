from datetime import timedelta

import pytest

from bot.storage import Asker, Store
from tests.storage.samples import ASKER, DAY, MINUTE, NOW, a_question, a_thumb


def test_a_question_comes_back_without_who_asked(store: Store) -> None:
    given = a_question("What is RAG? \N{THINKING FACE} '; DROP TABLE questions; --")
    store.questions.add(ASKER, given)
    assert store.questions.asked(NOW) == [given]


def test_a_decline_keeps_its_reason(store: Store) -> None:
    given = a_question(answered=False, passages=(), reason="low_confidence")
    store.questions.add(ASKER, given)
    assert store.questions.asked(NOW) == [given]


def test_a_question_that_is_kept_stays_as_it_is(store: Store) -> None:
    given = a_question(id="q1")
    store.questions.add(ASKER, given)
    store.questions.add(Asker("T2", "U2"), a_question("Another?", id="q1"))
    assert store.questions.asked(NOW) == [given]


@pytest.mark.parametrize("words", ["a\0b", "\ud800 b", "\udfff"])
def test_what_no_database_keeps_is_left_out_of_a_question(store: Store, words: str) -> None:
    store.questions.add(ASKER, a_question(words, id="q1"))
    store.questions.judge(ASKER, a_thumb("q1", helpful=False, comment=words))
    (kept,) = store.questions.asked(NOW)
    assert kept.question == words.encode("utf-8", "replace").decode().replace("\0", "")
    assert store.questions.judged(NOW)[0].comment == kept.question


def test_questions_come_from_a_moment_on_oldest_first(store: Store) -> None:
    for minutes in (2, 0, 1):
        asked_at = NOW + minutes * MINUTE
        store.questions.add(ASKER, a_question(str(minutes), asked_at=asked_at))
    assert [one.question for one in store.questions.asked(NOW)] == ["0", "1", "2"]
    assert [one.question for one in store.questions.asked(NOW + MINUTE)] == ["1", "2"]


def test_two_workspaces_never_see_each_others(store: Store) -> None:
    for team in ("T1", "T2"):
        asker = Asker(team, "U1")
        store.questions.add(asker, a_question(f"{team}'s", id=team))
        store.questions.judge(asker, a_thumb(team))
    assert [one.question for one in store.questions.asked(NOW, "T1")] == ["T1's"]
    assert [one.question for one in store.questions.asked(NOW, "T2")] == ["T2's"]
    assert [one.answer_id for one in store.questions.judged(NOW, "T2")] == ["T2"]
    assert store.questions.asked(NOW, "T3") == []
    assert store.questions.judged(NOW, "T3") == []
    assert len(store.questions.asked(NOW)) == len(store.questions.judged(NOW)) == 2


def test_a_persons_latest_thumb_counts(store: Store) -> None:
    store.questions.judge(ASKER, a_thumb("q1"))
    down = a_thumb("q1", helpful=False, reason="wrong passage", comment="no", given_at=NOW + MINUTE)
    store.questions.judge(ASKER, down)
    assert store.questions.judged(NOW) == [down]


def test_everybody_has_a_thumb(store: Store) -> None:
    store.questions.judge(ASKER, a_thumb("q1"))
    store.questions.judge(Asker("T1", "U2"), a_thumb("q1", helpful=False))
    store.questions.judge(Asker("T2", "U1"), a_thumb("q1", helpful=False))
    assert sorted(one.helpful for one in store.questions.judged(NOW)) == [False, False, True]


def test_questions_and_thumbs_are_deleted_when_their_time_is_over(store: Store) -> None:
    for days, name in ((0, "new"), (91, "old")):
        store.questions.add(ASKER, a_question(id=name, asked_at=NOW - days * DAY))
        store.questions.judge(ASKER, a_thumb(name, given_at=NOW - days * DAY))
    store.clean_up(NOW, kept=timedelta(days=90))
    long_ago = NOW - 365 * DAY
    assert [one.id for one in store.questions.asked(long_ago)] == ["new"]
    assert [one.answer_id for one in store.questions.judged(long_ago)] == ["new"]
    assert store.questions.delete_before(NOW + DAY) == 2


def test_events_are_kept_for_more_than_a_day(store: Store) -> None:
    store.events.first_time("yesterday's", NOW - DAY)
    store.events.first_time("older", NOW - timedelta(hours=25, seconds=1))
    store.clean_up(NOW, kept=DAY)
    assert not store.events.first_time("yesterday's", NOW)
    assert store.events.first_time("older", NOW)
