"""What people let others be shown: found in their workspace alone, gone with its handover."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage import Asker, Handover, KeptAnswer, Store, StoreError, new_id
from bot.storage.asked.kept_answers import MOST_KEPT
from tests.storage.samples import DAY, NOW


@pytest.fixture
def answered(store: Store) -> Handover:
    return answer(store, "what does it cost?")


def answer(store: Store, question: str, team_id: str = "T1", days: int = 0) -> Handover:
    """Have U1's question answered by U2, so many days later."""
    handover = Handover(new_id(), team_id, question, "U1", NOW)
    store.handovers.add(handover)
    found = store.handovers.answer(handover, "Ten dollars.", "U2", NOW + days * DAY)
    assert found
    return found


def test_it_is_found_in_its_workspace_alone_and_does_not_say_who_asked(
    store: Store, answered: Handover
) -> None:
    store.kept_answers.add(answered)
    kept = KeptAnswer(answered.id, "T1", "what does it cost?", "Ten dollars.", "U2", NOW)
    assert store.kept_answers.get(answered.id, "T1") == kept
    assert store.kept_answers.questions("T1") == [(answered.id, "what does it cost?")]
    assert store.kept_answers.get(answered.id, "T2") is None
    assert store.kept_answers.questions("T2") == []


@pytest.mark.slow
def test_the_latest_come_first_and_no_more_than_are_compared(store: Store) -> None:
    for days in range(MOST_KEPT + 2):
        store.kept_answers.add(answer(store, f"question {days}", days=days))
    questions = [question for _, question in store.kept_answers.questions("T1")]
    assert questions == [f"question {days}" for days in range(MOST_KEPT + 1, 1, -1)]


def test_what_is_withdrawn_is_gone_once_and_the_handover_stays(
    store: Store, answered: Handover
) -> None:
    store.kept_answers.add(answered)
    kept = store.kept_answers.get(answered.id, "T1")
    assert kept
    assert not store.kept_answers.withdraw(replace(kept, team_id="T2"))
    assert store.kept_answers.withdraw(kept)
    assert not store.kept_answers.withdraw(kept)
    assert store.kept_answers.questions("T1") == []
    assert store.handovers.get(answered.id, "T1") == answered


def test_a_persons_answers_are_withdrawn_together(store: Store, answered: Handover) -> None:
    for handover in (answered, answer(store, "how much?"), answer(store, "how much?", "T2")):
        store.kept_answers.add(handover)
    assert store.kept_answers.withdraw_all("T1", "U1") == 0
    assert store.kept_answers.withdraw_all("T1", "U2") == 2
    assert store.kept_answers.questions("T1") == []
    assert store.kept_answers.questions("T2")


def test_what_has_no_answer_is_not_kept(store: Store) -> None:
    with pytest.raises(ValueError, match="has no answer"):
        store.kept_answers.add(Handover(new_id(), "T1", "how?", "U1", NOW))


def test_what_was_forgotten_meanwhile_is_not_kept(store: Store, answered: Handover) -> None:
    store.workspaces.forget_person(Asker("T1", "U1"))
    with pytest.raises(StoreError):
        store.kept_answers.add(answered)
    assert store.kept_answers.questions("T1") == []


@pytest.mark.parametrize("person", ["U1", "U2"])
def test_whoever_asked_or_answered_has_it_forgotten(
    store: Store, answered: Handover, person: str
) -> None:
    store.kept_answers.add(answered)
    store.workspaces.forget_person(Asker("T2", person))
    store.workspaces.forget_person(Asker("T1", "U3"))
    assert store.kept_answers.questions("T1")
    store.workspaces.forget_person(Asker("T1", person))
    assert store.kept_answers.questions("T1") == []


def test_it_goes_with_its_workspace_and_with_time(store: Store, answered: Handover) -> None:
    store.kept_answers.add(answered)
    store.kept_answers.add(answer(store, "how much?", "T2", days=1))
    store.workspaces.delete("T1")
    assert store.kept_answers.questions("T1") == []
    store.clean_up(NOW + timedelta(days=90), kept=timedelta(days=90))
    assert store.kept_answers.questions("T2")
    store.clean_up(NOW + timedelta(days=90, seconds=1), kept=timedelta(days=90))
    assert store.kept_answers.questions("T2") == []
