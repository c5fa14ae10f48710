"""Paging through a channel's history."""

from typing import Any

from bot.terminal.history import history_page

MESSAGES: list[dict[str, Any]] = [
    {"ts": f"{number}.000000", "text": str(number), "metadata": {"event_type": "e"}}
    for number in range(1, 8)
]


def texts(page: dict[str, Any]) -> list[str]:
    return [message["text"] for message in page["messages"]]


def test_it_comes_newest_first_and_page_by_page() -> None:
    first = history_page(MESSAGES, {"limit": "3"})
    assert (texts(first), first["has_more"]) == (["7", "6", "5"], True)
    cursor = first["response_metadata"]["next_cursor"]
    second = history_page(MESSAGES, {"limit": "3", "cursor": cursor})
    last = history_page(
        MESSAGES, {"limit": "3", "cursor": second["response_metadata"]["next_cursor"]}
    )
    assert (texts(second), texts(last)) == (["4", "3", "2"], ["1"])
    assert "response_metadata" not in last


def test_it_begins_after_the_oldest() -> None:
    assert texts(history_page(MESSAGES, {"oldest": "5.000000"})) == ["7", "6"]


def test_metadata_comes_when_asked_for() -> None:
    assert "metadata" not in history_page(MESSAGES, {})["messages"][0]
    shown = history_page(MESSAGES, {"include_all_metadata": "1"})["messages"][0]
    assert shown["metadata"] == {"event_type": "e"}


def test_replies_are_in_their_thread_alone() -> None:
    reply = {"ts": "9.000000", "thread_ts": "1.000000", "text": "reply"}
    root = {"ts": "8.000000", "thread_ts": "8.000000", "text": "root"}
    assert texts(history_page([*MESSAGES, root, reply], {"oldest": "7.0"})) == ["root"]
