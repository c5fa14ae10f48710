"""What a message event says of a question; whole payloads are in the scenarios."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import READ
from bot.slack.listening.hearing import Asked, Edited, Settled, heard

BOT = "U0BOT"
TS = "1764000000.000100"
SENT = datetime.fromtimestamp(1764000000.0001, UTC)
QUESTION = "how hot should the water be?"


def message(**fields: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1"}
    return {**said, "text": QUESTION, "ts": TS, **fields}


def edited(**fields: Any) -> dict[str, Any]:
    inner = message(edited={"ts": "9.9"}, **fields)
    return {**message(), "subtype": "message_changed", "message": inner}


def test_a_question_to_everybody_is_asked_at_its_time() -> None:
    assert heard(message(), BOT) == Asked(TS, QUESTION, SENT)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "The water is hot."},
        {"text": "hello everybody?"},
        {"text": "how hot?"},
        {"text": ""},
        {"text": f"<@U2> {QUESTION}"},
        {"text": f"<@{BOT}> {QUESTION}"},
        {"text": f"<!subteam^S1> {QUESTION}"},
        {"bot_id": "B1"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"subtype": "file_share"},
        {"subtype": "me_message"},
        {"edited": {"ts": "9.9"}},
        {"ts": "no time"},
        {"ts": None},
        {"ts": "inf"},
    ],
)
def test_what_is_none_says_nothing(fields: dict[str, Any]) -> None:
    assert heard(message(**fields), BOT) is None


def test_of_a_long_question_no_more_is_kept_than_is_read() -> None:
    found = heard(message(text=f"{QUESTION} {'x ' * READ}"), BOT)
    assert isinstance(found, Asked)
    assert len(found.question) <= READ


@pytest.mark.parametrize(
    "fields",
    [{}, {"bot_id": "B1"}, {"text": "80 degrees"}, {"subtype": "thread_broadcast"}],
)
def test_whatever_is_said_in_a_thread_settles_its_question(fields: dict[str, Any]) -> None:
    assert heard(message(ts="2.2", thread_ts=TS, **fields), BOT) == Settled(TS)


def test_an_edit_brings_new_words_or_settles_it() -> None:
    assert heard(edited(text="and how hot is tea then?"), BOT) == Edited(
        TS, "and how hot is tea then?"
    )
    assert heard(edited(text="Never mind."), BOT) == Settled(TS)
    assert heard(edited(text=f"<@U2> {QUESTION}"), BOT) == Settled(TS)
    assert heard(edited(subtype="tombstone"), BOT) == Settled(TS)


def test_an_edit_in_a_thread_or_of_its_root_means_that_somebody_replied() -> None:
    assert heard(edited(ts="2.2", thread_ts=TS), BOT) == Settled(TS)
    assert heard(edited(thread_ts=TS), BOT) == Settled(TS)


def test_a_deletion_settles_it() -> None:
    event = {**message(), "subtype": "message_deleted", "deleted_ts": "1.1"}
    assert heard(event, BOT) == Settled("1.1")


_PLAIN = st.sampled_from([QUESTION, TS, "U1"]) | st.none() | st.integers() | st.text(max_size=9)
_NAMES = ("ts", "thread_ts", "deleted_ts", "user", "text", "blocks", "attachments", "edited")
_MESSAGES = st.dictionaries(st.sampled_from(_NAMES), _PLAIN | st.lists(_PLAIN, max_size=2))


@given(
    _MESSAGES,
    st.sampled_from([None, "message_changed", "message_deleted", "thread_broadcast"]),
    _MESSAGES | _PLAIN,
)
def test_nothing_that_slack_might_send_fails(
    event: dict[str, Any], subtype: str | None, inner: Any
) -> None:
    found = heard({"type": "message", **event, "subtype": subtype, "message": inner}, BOT)
    assert found is None or float(found.ts) >= 0
