"""A question handed to a person: answered once, by whomever, and forgotten with its people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.storage import Asker, Handover, Store, new_id
from tests.storage.samples import NOW


@pytest.fixture
def handed() -> Handover:
    return Handover(new_id(), "T1", "what does it cost?", "U1", NOW, "C1", "1700000000.000001")


def test_what_was_handed_over_is_found_again_in_its_workspace_alone(
    store: Store, handed: Handover
) -> None:
    store.handovers.add(handed)
    assert store.handovers.get(handed.id, "T1") == handed
    assert store.handovers.get(handed.id, "T2") is None


def test_the_first_answer_counts_and_no_other(store: Store, handed: Handover) -> None:
    store.handovers.add(handed)
    answered = store.handovers.answer(handed, "Ten dollars.", "U2", NOW)
    assert answered == replace(handed, answer="Ten dollars.", answered_by="U2", resolved_at=NOW)
    assert store.handovers.answer(handed, "Twenty.", "U3", NOW) is None
    assert store.handovers.resolve(handed, "U3", NOW) is None
    assert store.handovers.get(handed.id, "T1") == answered


def test_what_is_resolved_needs_no_answer(store: Store, handed: Handover) -> None:
    store.handovers.add(handed)
    assert store.handovers.resolve(handed, "U2", NOW)
    assert store.handovers.answer(handed, "Ten dollars.", "U2", NOW) is None


def test_an_answer_that_did_not_arrive_can_be_given_again(store: Store, handed: Handover) -> None:
    store.handovers.add(handed)
    store.handovers.answer(handed, "Ten dollars.", "U2", NOW)
    store.handovers.reopen(handed)
    assert store.handovers.get(handed.id, "T1") == handed
    assert store.handovers.answer(handed, "Ten dollars.", "U2", NOW)


@pytest.mark.parametrize("person", ["U1", "U2"])
def test_whoever_asked_or_answered_can_have_it_forgotten(
    store: Store, handed: Handover, person: str
) -> None:
    store.handovers.add(handed)
    store.handovers.answer(handed, "Ten dollars.", "U2", NOW)
    store.workspaces.forget_person(Asker("T2", person))
    assert store.handovers.get(handed.id, "T1")
    store.workspaces.forget_person(Asker("T1", person))
    assert store.handovers.get(handed.id, "T1") is None


def test_it_goes_with_its_workspace_and_with_time(store: Store, handed: Handover) -> None:
    store.handovers.add(handed)
    store.handovers.add(replace(handed, id="other", team_id="T2"))
    store.workspaces.delete("T1")
    assert store.handovers.get(handed.id, "T1") is None
    store.clean_up(NOW + timedelta(days=91), kept=timedelta(days=90))
    assert store.handovers.get("other", "T2") is None
