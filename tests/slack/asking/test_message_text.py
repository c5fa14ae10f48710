from typing import Any

import pytest

from bot.slack.asking.message_text import (
    edited_mention,
    is_new_message,
    last_question,
    question_in,
    readable,
)

BOT = "U0000000BOT"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("what is RAG?", "what is RAG?"),
        ("ask what is RAG?", "what is RAG?"),
        ("ASK  what is RAG?", "what is RAG?"),
        ("ask", "ask"),
        ("asking for a friend", "asking for a friend"),
        ("help me understand attention", "help me understand attention"),
        ("what does &lt;EOS&gt; &amp; BOS mean?", "what does <EOS> & BOS mean?"),
        ("&amp;lt; stays", "&lt; stays"),
        ("", ""),
        (None, ""),
        ("  …?!  ", ""),
    ],
)
def test_a_command_asks_its_text_and_ask_needs_a_question(text: str | None, question: str) -> None:
    assert question_in(text) == question


@pytest.mark.parametrize(
    "text",
    [
        f"<@{BOT}> what is RAG?",
        f"what is <@{BOT}> RAG?",
        f"what is RAG? <@{BOT}|llm>",
        f"<@{BOT}> ask what is RAG?",
    ],
)
def test_the_bots_own_mention_goes_wherever_it_stands(text: str) -> None:
    assert question_in(text, BOT) == "what is RAG?"


@pytest.mark.parametrize("text", [f"<@{BOT}>", f" <@{BOT}> !", f"<@{BOT}|llm>, <@{BOT}>?"])
def test_a_mention_without_words_asks_nothing(text: str) -> None:
    assert question_in(text, BOT) == ""


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<@U1|sam>", "@sam"),
        ("<@U1>", ""),
        ("<#C1|general>", "#general"),
        ("<#C1|>", ""),
        ("<!channel>", "@channel"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@leads>", "@leads"),
        ("<!subteam^S1>", ""),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("<https://example.com/?a=1&amp;b=2|the paper>", "the paper"),
        ("<https://example.com/?a=1&amp;b=2>", "https://example.com/?a=1&b=2"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("first\nsecond   third", "first\nsecond third"),
    ],
)
def test_markup_reads_as_slack_shows_it(markup: str, shown: str) -> None:
    assert readable(markup) == shown


MESSAGE: dict[str, Any] = {"user": "U1", "text": "what is RAG?", "ts": "1.000001"}


@pytest.mark.parametrize(
    "fields", [{}, {"subtype": "file_share"}, {"subtype": "thread_broadcast", "thread_ts": "1.0"}]
)
def test_what_a_person_writes_is_a_question(fields: dict[str, str]) -> None:
    assert is_new_message(MESSAGE | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"bot_id": "B1"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"edited": {"user": "U1", "ts": "2.0"}},
    ],
)
def test_edits_deletions_and_bots_ask_nothing(fields: dict[str, Any]) -> None:
    assert not is_new_message(MESSAGE | fields)


def said(*texts: str, **fields: str) -> list[dict[str, Any]]:
    return [
        {"user": "U1", "text": text, "ts": f"1.{n:06d}", **fields} for n, text in enumerate(texts)
    ]


def test_the_last_question_of_a_thread_is_the_nearest_with_a_question_mark() -> None:
    thread = said("what is RAG?", "and attention?", "good one", f"<@{BOT}>")
    assert last_question(thread, "1.000003", BOT) == "and attention?"


def test_without_question_marks_it_is_the_last_thing_said() -> None:
    assert last_question(said("tokenization", "define RAG"), "2.000000", BOT) == "define RAG"


def test_bots_and_later_messages_are_passed_over() -> None:
    thread = [*said("what is RAG?"), *said("", "Sorry?", bot_id="B1"), *said("", "", "later?")]
    assert last_question(thread, "1.000002", BOT) == "what is RAG?"


def test_a_thread_in_which_nobody_asked_has_no_last_question() -> None:
    assert last_question(said(f"<@{BOT}>", "👍"), "2.000000", BOT) == ""


def edit(before: str = "what is RAG?", after: str = f"<@{BOT}> what is RAG?", **fields: Any) -> Any:
    """An edit ten seconds after a message."""
    said = {"type": "message", "user": "U1", "ts": "1700000000.000001", "thread_ts": "1.1"}
    edited = {"user": "U1", "ts": fields.pop("at", "1700000010.000000")}
    return {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "channel",
        "ts": "1700000010.000200",
        "message": {**said, "text": after, "edited": edited, **fields},
        "previous_message": {**said, "text": before},
    }


def test_an_edit_that_adds_the_mention_is_a_mention() -> None:
    mention = edited_mention(edit(), BOT)
    assert mention is not None
    assert mention["type"] == "app_mention"
    assert (mention["channel"], mention["ts"]) == ("C1", "1700000000.000001")
    assert mention["thread_ts"] == "1.1"


def test_a_mention_may_be_added_to_blocks() -> None:
    user = {"type": "user", "user_id": BOT}
    line = {"type": "rich_text_section", "elements": [user]}
    blocks = [{"type": "rich_text", "elements": [line]}]
    assert edited_mention(edit(after="", blocks=blocks), BOT)


@pytest.mark.parametrize(
    "event",
    [
        edit(before=f"<@{BOT}> what is RAG"),
        edit(after="what is RAG??"),
        edit(after="<@U2> what is RAG?"),
        edit(at="1700000301.000000"),
        edit(at="soon"),
        edit(edited=None),
        edit(bot_id="B2"),
        edit(subtype="bot_message"),
        {**edit(), "previous_message": None},
        {**edit(), "message": "text"},
        {**edit(), "subtype": "message_deleted"},
        {"type": "message", "text": f"<@{BOT}> what is RAG?", "user": "U1", "ts": "1.1"},
    ],
)
def test_no_other_event_is_an_added_mention(event: dict[str, Any]) -> None:
    assert edited_mention(event, BOT) is None


def test_without_a_name_of_its_own_nothing_mentions_it() -> None:
    assert edited_mention(edit(), None) is None
