"""Channels that are listened to and what waits there, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import Asker, ListeningChannel, PostState, Store
from bot.storage.posting.listening import MOST_OPEN
from bot.storage.store import OPEN_KEPT
from bot.storage.tables import open_questions, unasked_answers
from tests.storage.samples import (
    ASKER,
    DAY,
    MINUTE,
    NOW,
    a_listening_channel,
    an_open_question,
    at_once,
)


@pytest.fixture
def channel(store: Store) -> ListeningChannel:
    return store.listening.save(a_listening_channel())


def waiting(store: Store, channel: ListeningChannel) -> list[str]:
    return [one.ts for one in store.listening.waiting(channel.id)]


def answered(store: Store, channel: ListeningChannel, number: int = 1, ts: str = "1.1") -> None:
    due = store.listening.save(replace(channel, due_at=NOW))
    claim = store.unasked_answers.claim(due, number, ts, now=NOW, until=NOW + MINUTE)
    assert claim is not None
    store.unasked_answers.end(claim, PostState.POSTED, now=NOW, due_at=None, ts="2.2")


def test_turning_it_on_again_keeps_its_id(store: Store, channel: ListeningChannel) -> None:
    again = store.listening.save(a_listening_channel(made_by="U2", since=NOW))
    assert (again.id, again.made_by, again.since) == (channel.id, "U2", NOW)
    assert store.listening.of_channel("T1", "C1") == again


def test_those_that_are_on_are_told_by_workspace_and_channel(store: Store) -> None:
    assert store.listening.on() == frozenset()
    store.listening.save(a_listening_channel())
    store.listening.save(a_listening_channel(team_id="T2", channel_id="C2"))
    store.listening.save(a_listening_channel(channel_id="C3", since=None))
    assert store.listening.on() == {("T1", "C1"), ("T2", "C2")}


def test_a_question_is_kept_once_and_wakes_the_loop(
    store: Store, channel: ListeningChannel
) -> None:
    question = an_open_question(due_at=NOW + 10 * MINUTE)
    assert store.listening.put(ASKER, "C1", question, NOW)
    assert not store.listening.put(ASKER, "C1", question, NOW)
    assert store.listening.waiting(channel.id) == [question]
    assert [one.id for one in store.listening.due(NOW, 9)] == [channel.id]


def test_nothing_is_kept_where_it_is_off_or_was_never_on(store: Store) -> None:
    off = store.listening.save(a_listening_channel(since=None))
    for asker, where in ((ASKER, "C1"), (ASKER, "C2"), (Asker("T2", "U1"), "C1")):
        assert not store.listening.put(asker, where, an_open_question(), NOW)
    assert waiting(store, off) == []
    assert store.listening.next_wake() is None


def test_no_more_than_a_few_wait_in_a_channel(store: Store, channel: ListeningChannel) -> None:
    kept = [
        store.listening.put(ASKER, "C1", an_open_question(f"1.{number:03}"), NOW)
        for number in range(MOST_OPEN + 2)
    ]
    assert kept == [True] * MOST_OPEN + [False] * 2
    assert len(waiting(store, channel)) == MOST_OPEN


def test_the_first_that_is_due_comes_first(store: Store, channel: ListeningChannel) -> None:
    for ts, minutes in (("1.1", 3), ("1.3", 1), ("1.2", 1)):
        store.listening.put(ASKER, "C1", an_open_question(ts, due_at=NOW + minutes * MINUTE), NOW)
    assert waiting(store, channel) == ["1.2", "1.3", "1.1"]


def test_an_edited_question_has_its_new_words_if_it_waits(
    store: Store, channel: ListeningChannel
) -> None:
    store.listening.put(ASKER, "C1", an_open_question("1.1"), NOW)
    for team, where, ts in (("T2", "C1", "1.1"), ("T1", "C2", "1.1"), ("T1", "C1", "1.2")):
        store.listening.reword(team, where, ts, "Nothing of the kind?")
    store.listening.reword("T1", "C1", "1.1", "What is\0 MCP?")
    [found] = store.listening.waiting(channel.id)
    assert found.question == "What is MCP?"


def test_a_settled_question_goes_alone(store: Store, channel: ListeningChannel) -> None:
    for ts in ("1.1", "1.2"):
        store.listening.put(ASKER, "C1", an_open_question(ts), NOW)
    for team, where, ts in (("T2", "C1", "1.1"), ("T1", "C2", "1.1"), ("T1", "C1", "1.1")):
        store.listening.withdraw(team, where, ts)
    assert waiting(store, channel) == ["1.2"]
    store.listening.drop(channel.id, [])
    store.listening.drop(channel.id, ["1.2"])
    assert waiting(store, channel) == []


def test_turning_it_off_deletes_what_waits_and_is_counted_once(
    store: Store, other_process: Store, channel: ListeningChannel
) -> None:
    store.listening.put(ASKER, "C1", an_open_question(), NOW)
    takers = [store, other_process] * 4
    stopped = at_once(8, lambda: takers.pop().listening.stop(channel.id, "not_helpful"))
    assert sorted(stopped) == [False] * 7 + [True]
    assert waiting(store, channel) == []
    found = store.listening.get(channel.id)
    assert found is not None
    assert (found.since, found.due_at, found.stopped) == (None, None, "not_helpful")


def test_questions_at_once_are_all_kept_while_the_channel_is_claimed(
    store: Store, other_process: Store, channel: ListeningChannel
) -> None:
    """Both change the channel's row, for which PostgreSQL could end one: a deadlock."""
    stores, numbers = [store, other_process] * 4, list(range(16))

    def put() -> None:
        kept = stores.pop()
        for _ in range(2):
            number = numbers.pop()
            assert kept.listening.put(ASKER, "C1", an_open_question(f"1.{number:02}"), NOW)
            due = kept.listening.get(channel.id)
            assert due is not None
            until = NOW + MINUTE
            kept.unasked_answers.claim(due, number, f"1.{number:02}", now=NOW, until=until)

    at_once(8, put)
    assert len(waiting(store, channel)) == 16


def test_one_of_many_claims_an_answer(
    store: Store, other_process: Store, channel: ListeningChannel
) -> None:
    store.listening.put(ASKER, "C1", an_open_question(), NOW)
    due = store.listening.get(channel.id)
    assert due is not None
    takers, until = [store, other_process] * 4, NOW + MINUTE
    claims = at_once(
        8, lambda: takers.pop().unasked_answers.claim(due, 1, "1.1", now=NOW, until=until)
    )
    assert sum(claim is not None for claim in claims) == 1


def test_what_was_answered_is_told_the_latest_first(
    store: Store, channel: ListeningChannel
) -> None:
    for number in (1, 2, 3):
        answered(store, channel, number, f"1.{number}")
    found = store.unasked_answers.latest(channel.id, 2)
    assert [(one.number, one.item, one.state, one.ended_at) for one in found] == [
        (3, "1.3", PostState.POSTED, NOW),
        (2, "1.2", PostState.POSTED, NOW),
    ]
    assert store.unasked_answers.question(channel.id, 1) == "1.1"
    assert store.unasked_answers.question(channel.id, 9) is None


def test_forgetting_a_person_deletes_their_questions_alone(
    store: Store, channel: ListeningChannel
) -> None:
    store.listening.put(ASKER, "C1", an_open_question("1.1"), NOW)
    store.listening.put(Asker("T1", "U2"), "C1", an_open_question("1.2"), NOW)
    assert store.workspaces.forget_person(ASKER) == 1
    assert waiting(store, channel) == ["1.2"]
    found = store.listening.get(channel.id)
    assert found is not None
    assert found.made_by is None


def test_who_asked_is_kept_as_a_code(store: Store, channel: ListeningChannel) -> None:
    store.listening.put(ASKER, channel.channel_id, an_open_question(), NOW)
    with store.database.reading() as connection:
        [asker] = connection.execute(select(open_questions.c.asker)).scalars()
    assert len(asker) == 64


def test_all_of_a_workspace_goes_with_it(store: Store, channel: ListeningChannel) -> None:
    store.listening.put(ASKER, "C1", an_open_question(), NOW)
    answered(store, channel)
    store.workspaces.delete("T1")
    assert store.listening.on() == frozenset()
    with store.database.reading() as connection:
        for table in (open_questions, unasked_answers):
            assert connection.execute(select(table)).all() == []


def test_cleaning_up_deletes_what_nobody_looked_at_and_what_is_old(
    store: Store, channel: ListeningChannel
) -> None:
    answered(store, channel)
    for ts, due_at in (("1.1", NOW - OPEN_KEPT - MINUTE), ("1.2", NOW - OPEN_KEPT)):
        store.listening.put(ASKER, "C1", an_open_question(ts, due_at=due_at), NOW)
    store.clean_up(NOW, kept=timedelta(days=90))
    assert waiting(store, channel) == ["1.2"]
    assert len(store.unasked_answers.latest(channel.id, 9)) == 1
    store.clean_up(NOW + 90 * DAY + MINUTE, kept=timedelta(days=90))
    assert store.unasked_answers.latest(channel.id, 9) == []
