"""The latest turns of threads that the bot takes part in."""

from typing import Any

from bot.storage import Asker, Move, Store, ThreadTurn
from bot.storage.asked.thread_turns import MOST_TURNS
from tests.storage.samples import ASKER, DAY, MINUTE, NOW

OTHER = Asker("T1", "U2")
ROOT = "1700000000.000000"


def a_turn(number: int = 0, **fields: Any) -> ThreadTurn:
    given: dict[str, Any] = {
        "channel_id": "C1",
        "thread_ts": ROOT,
        "ts": f"1700000000.{number:06d}",
        "move": Move.MENTION,
        "said_at": NOW,
        "question": "What is RAG?",
        "answered": True,
    }
    return ThreadTurn(**(given | fields))


def seen(store: Store, asker: Asker = ASKER, **where: str) -> list[ThreadTurn]:
    place = {"channel_id": "C1", "thread_ts": ROOT, **where}
    return store.thread_turns.of_thread(asker, **place)


def test_everybody_sees_which_turns_are_theirs_and_no_other_name(store: Store) -> None:
    store.thread_turns.add(ASKER, a_turn(1))
    store.thread_turns.add(OTHER, a_turn(2, move=Move.TALK, question="", answered=False))
    first, second = seen(store)
    assert first == a_turn(1, speaker="U1")
    assert second.move is Move.TALK
    assert "U2" not in second.speaker
    assert [one.speaker for one in seen(store, OTHER)] == [first_code(store), "U2"]


def first_code(store: Store) -> str:
    """What stands for U1 to everybody else, at every reading the same."""
    return seen(store, Asker("T1", "U3"))[0].speaker


def test_a_thread_is_known_by_its_workspace_channel_and_root(store: Store) -> None:
    store.thread_turns.add(ASKER, a_turn())
    assert seen(store, channel_id="C2") == []
    assert seen(store, thread_ts="1700000000.000001") == []
    assert seen(store, Asker("T2", "U1")) == []


def test_a_message_is_one_turn_and_the_latest_of_it_counts(store: Store) -> None:
    store.thread_turns.add(ASKER, a_turn(1, move=Move.TALK, question="", answered=False))
    store.thread_turns.add(ASKER, a_turn(1))
    assert seen(store) == [a_turn(1, speaker="U1")]


def test_the_oldest_turns_of_a_long_thread_go_and_other_threads_stay(store: Store) -> None:
    elsewhere = a_turn(thread_ts="1600000000.000000")
    turns = [a_turn(number) for number in reversed(range(MOST_TURNS + 3))]
    store.thread_turns.add_all((ASKER, one) for one in [elsewhere, *turns])
    assert [one.ts for one in seen(store)] == [a_turn(n).ts for n in range(3, MOST_TURNS + 3)]
    assert len(seen(store, thread_ts=elsewhere.thread_ts)) == 1


def test_turns_are_deleted_when_their_time_is_over(store: Store) -> None:
    store.thread_turns.add(ASKER, a_turn(1, said_at=NOW - DAY - MINUTE))
    store.thread_turns.add(ASKER, a_turn(2))
    assert store.thread_turns.delete_before(NOW - DAY) == 1
    assert [one.ts for one in seen(store)] == [a_turn(2).ts]


def test_a_person_who_is_forgotten_leaves_no_turn(store: Store) -> None:
    store.thread_turns.add(ASKER, a_turn(1))
    store.thread_turns.add(OTHER, a_turn(2))
    store.workspaces.forget_person(ASKER)
    assert [one.ts for one in seen(store)] == [a_turn(2).ts]
    store.workspaces.delete("T1")
    assert seen(store) == []
