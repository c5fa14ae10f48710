"""When the bot goes on in a thread, and when it stays out of it."""

from typing import Any

import pytest

from bot.slack.following import could_follow_up, follows_up

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
        message(number, BOT if user == "bot" else user, text.replace("@llm", f"<@{BOT}>"))
        for number, (user, text) in enumerate(said, 1)
    ]


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
        (*ANSWERED, ("U1", "thanks"), ("U1", "@llm and embeddings?"), ("bot", "…")),
        (("U2", "@llm what is RAG?"), ("bot", "Combining …")),
    ],
)
def test_it_goes_on_while_it_was_the_last_to_speak_with_the_one_who_asks(
    above: tuple[tuple[str, str], ...],
) -> None:
    assert follows_up(asked(), thread(*above), BOT)


@pytest.mark.parametrize(
    "above",
    [
        (),
        (("U2", "what is RAG?"),),
        (("U1", "what is RAG?"), ("U1", "anyone?")),
        (*ANSWERED, ("U2", "I think it is more than that")),
        (*ANSWERED, ("U1", "thanks!")),
        (*ANSWERED, ("U2", "ok, stop"), ("bot", "…")),
        (*ANSWERED, ("U1", "thank you, that helps"), ("U1", "hm")),
        (*ANSWERED, ("U1", "@llm stop"), ("bot", "…")),
    ],
)
def test_it_stays_out_of_what_people_say_to_each_other_and_stops_when_told(
    above: tuple[tuple[str, str], ...],
) -> None:
    assert not follows_up(asked(), thread(*above), BOT)


def test_what_was_said_after_the_question_does_not_count() -> None:
    later = message(100, "U2", "me too")
    assert follows_up(asked(), [*thread(*ANSWERED), later], BOT)


def test_without_a_name_of_its_own_it_says_nothing() -> None:
    assert not follows_up(asked(), thread(*ANSWERED), None)
