"""When the bot goes on in a thread, and when it stays out of it."""

import time
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

import pytest

from bot.slack.asking.threads.turn_taking import (
    Utterance,
    addressed,
    alone_with,
    could_follow_up,
    could_take_turn,
    follows_up,
    remembered,
    utterance,
    utterances,
)
from bot.storage import ThreadTurn

BOT = "U0000000BOT"
ROOT = "1700000000.000001"


def message(number: int, user: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"ts": f"1700000000.{number:06d}", "user": user, "text": text, **fields}


def asked(text: str = "and why is that useful?", **fields: Any) -> dict[str, Any]:
    """A message of U1's in the thread, after all others."""
    given = {"channel_type": "channel", "thread_ts": ROOT, "channel": "C1", **fields}
    return message(99, "U1", text, **given)


def thread(*said: tuple[str, str]) -> list[dict[str, Any]]:
    """What `(user, text)` said, oldest first; the bot's user stands as `bot`."""
    return [
        message(
            number,
            BOT if user == "bot" else user,
            text.replace("@llm", f"<@{BOT}>"),
            thread_ts=ROOT,
        )
        for number, (user, text) in enumerate(said, 1)
    ]


def heard(messages: list[dict[str, Any]], bot: str | None = BOT) -> list[Utterance]:
    """What was said in messages of Slack's."""
    return utterances(messages, bot)


def question(bot: str | None = BOT) -> Utterance:
    """What U1 asks after all others."""
    return utterance(asked(), bot)


ANSWERED = (("U1", "@llm what is RAG?"), ("bot", "Combining …"))


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
@pytest.mark.parametrize("text", ["and why is that?", "tell me more", "how does it work"])
def test_a_question_in_a_thread_could_be_meant_for_the_bot(kind: str, text: str) -> None:
    assert could_follow_up(asked(text, channel_type=kind), BOT)


@pytest.mark.parametrize(
    "event",
    [
        asked("I agree with that."),
        asked(""),
        asked("<@U2> what do you think?"),
        asked(f"<@{BOT}> what is RAG?"),
        asked("what do <!subteam^S1|@leads> think?"),
        asked("<!here> what do you think?"),
        asked("what is RAG?", channel_type="im"),
        asked("what is RAG?", bot_id="B2"),
        asked("what is RAG?", subtype="message_changed"),
        asked("what is RAG?", subtype="message_deleted"),
        asked("what is RAG?", edited={"user": "U1"}),
        {**asked("what is RAG?"), "user": "USLACKBOT"},
    ],
)
def test_what_could_not_be_meant_for_it(event: dict[str, Any]) -> None:
    assert not could_follow_up(event, BOT)


def test_outside_a_thread_nothing_is_meant_for_it() -> None:
    event = asked("what is RAG?")
    del event["thread_ts"]
    assert not could_follow_up(event, BOT)


@pytest.mark.parametrize(
    "above",
    [
        ANSWERED,
        (*ANSWERED, ("U1", "hm, interesting")),
        (*ANSWERED, ("U2", "nice!")),
        (*ANSWERED, ("U2", ":tada: :+1:")),
        (*ANSWERED, ("U2", "how is it built?"), ("bot", "…"), ("U1", "I have built one myself")),
        (*ANSWERED, ("U1", "got it, so what does the retriever do?"), ("bot", "…")),
        (*ANSWERED, ("U1", "thanks"), ("U1", "@llm and embeddings?"), ("bot", "…")),
        (("U2", "@llm what is RAG?"), ("bot", "Combining …")),
    ],
)
def test_it_goes_on_while_it_was_the_last_to_speak_with_the_one_who_asks(
    above: tuple[tuple[str, str], ...],
) -> None:
    assert follows_up(question(), heard(thread(*above)))


@pytest.mark.parametrize(
    "above",
    [
        (),
        (("U2", "what is RAG?"),),
        (("U1", "what is RAG?"), ("U1", "anyone?")),
        (("bot", "A takeaway a day"),),
        (("bot", "A takeaway a day"), ("U1", "I have wondered about that")),
        (*ANSWERED, ("U2", "I think it is more than that")),
        (*ANSWERED, ("U2", "Alex?")),
        (*ANSWERED, ("U1", "<@U2> what do you think?")),
        (*ANSWERED, ("U1", "<!here> what do you think?")),
        (*ANSWERED, ("U1", "<@U2> what do you think?"), ("bot", "…")),
        (*ANSWERED, ("U1", "thanks!")),
        (*ANSWERED, ("U2", "ok, stop"), ("bot", "…")),
        (*ANSWERED, ("U1", "thank you, that helps"), ("U1", "hm")),
        (*ANSWERED, ("U1", "@llm stop"), ("bot", "…")),
    ],
)
def test_it_stays_out_of_what_people_say_to_each_other_and_stops_when_told(
    above: tuple[tuple[str, str], ...],
) -> None:
    assert not follows_up(question(), heard(thread(*above)))


def test_what_was_said_after_the_question_does_not_count() -> None:
    later = message(100, "U2", "me too")
    assert follows_up(question(), heard([*thread(*ANSWERED), later]))


def test_without_a_name_of_its_own_it_says_nothing() -> None:
    assert not follows_up(question(None), heard(thread(*ANSWERED), None))


def test_another_bot_takes_the_floor_and_what_slack_says_of_a_deletion_does_not() -> None:
    said = thread(*ANSWERED)
    other = {"ts": "1700000000.000003", "bot_id": "B2", "subtype": "bot_message", "text": "Built"}
    gone = message(3, "USLACKBOT", "This message was deleted.", subtype="tombstone")
    assert not follows_up(question(), heard([*said, other]))
    assert follows_up(question(), heard([*said, gone]))


def test_its_reply_tells_that_it_was_mentioned_further_up_than_was_read() -> None:
    reply = message(2, BOT, "Combining …", thread_ts=ROOT)
    assert follows_up(question(), heard([reply]))


def test_what_is_meant_for_it_are_mentions_and_what_follows_up_on_its_answers() -> None:
    said = thread(
        ("U2", "did you hear the episode?"),
        ("U1", "@llm what is RAG?"),
        ("bot", "Combining …"),
        ("U1", "why is that useful?"),
        ("bot", "It …"),
        ("U2", "I disagree, and so does Bob"),
        ("U1", "does it scale?"),
    )
    texts = [one.text for one in addressed(heard(said))]
    assert texts == ["what is RAG?", "why is that useful?"]


def test_who_speaks_with_the_bot_is_alone_until_somebody_joins_in() -> None:
    above = thread(("U2", "did you hear it?"), ("U1", "@llm what is RAG?"), ("bot", "Combining …"))
    assert alone_with(question(), heard(above))
    assert not alone_with(question(), heard([*above, message(4, "U2", "nice")]))


def test_a_thread_of_thousands_is_read_in_one_go() -> None:
    said = thread(*ANSWERED, *(("U1", "and why is that?"), ("bot", "…")) * 2_000)
    assert len(addressed(heard(said))) == 2_001


@pytest.mark.parametrize(
    "text", ["a" + "\n " * 19_999 + "b", "or " * 13_333, "walk " * 8_000, "what does " * 4_000]
)
def test_no_message_holds_everybody_up(text: str) -> None:
    began = time.perf_counter()
    could_follow_up(asked(text), BOT)
    assert time.perf_counter() - began < 5  # it was ten seconds, and every acknowledgement waited


@pytest.mark.parametrize(
    "above",
    [
        ANSWERED,
        (*ANSWERED, ("U2", "nice!")),
        (*ANSWERED, ("U2", "I think it is more than that")),
        (*ANSWERED, ("U1", "<@U2> what do you think?")),
        (*ANSWERED, ("U1", "thanks!")),
        (*ANSWERED, ("U1", "@llm thank you"), ("bot", "…")),
        (*ANSWERED, ("U1", "thanks"), ("U1", "@llm and embeddings?"), ("bot", "…")),
        (*ANSWERED, ("U2", "how is it built?"), ("bot", "…")),
    ],
)
def test_what_is_kept_of_a_thread_tells_the_same_as_the_thread(
    above: tuple[tuple[str, str], ...],
) -> None:
    said = heard(thread(*above))
    kept = [
        ThreadTurn(
            "C1",
            ROOT,
            one.ts,
            one.move,
            datetime(2026, 11, 24, tzinfo=UTC),
            one.text,
            answered=after is not None and after.move is None,
            speaker=one.speaker,
        )
        for one, after in zip_longest(said, said[1:])
        if one is not None and one.move is not None
    ]
    assert follows_up(question(), remembered(kept, BOT)) == follows_up(question(), said)
    assert alone_with(question(), remembered(kept, BOT)) == alone_with(question(), said)
    texts = [one.text for one in addressed(remembered(kept, BOT))]
    assert texts == [one.text for one in addressed(said)]


@pytest.mark.parametrize(
    ("event", "takes"),
    [
        (asked("I agree with that."), True),
        (asked("<@U2> what do you think?"), True),
        ({**asked("Built", bot_id="B2", subtype="bot_message"), "user": None}, True),
        (asked(f"<@{BOT}> what is RAG?"), False),
        ({**asked("It is …"), "user": BOT, "bot_id": "B1"}, False),
        (asked("what is RAG?", subtype="message_changed"), False),
        (asked("what is RAG?", subtype="message_deleted", bot_id="B2"), False),
        (asked("I agree", channel_type="im"), False),
    ],
)
def test_what_people_and_other_bots_say_in_threads_takes_a_turn(
    event: dict[str, Any], *, takes: bool
) -> None:
    assert could_take_turn(event, BOT) == takes
