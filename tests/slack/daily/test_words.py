from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.slack.blocks.message import Message, paragraphs
from bot.slack.daily.command import Unclear
from bot.slack.daily.words import status, turned_off, turned_on, unclear
from bot.storage import Post, PostState, Subscription
from tests.fakes.limits import block_faults

ON = Subscription(
    id="s1",
    team_id="T1",
    channel_id="C0GENERAL",
    local_time=time(9, 30),
    zone="America/New_York",
    weekdays=True,
    made_by="U1",
    made_at=datetime(2026, 11, 24, tzinfo=UTC),
    due_at=datetime(2026, 11, 26, 14, 30, tzinfo=UTC),
)
OFF = replace(ON, due_at=None)


def a_post(state: PostState) -> Post:
    return Post("s1", date(2026, 11, 25), state, "episode-02/takeaway/4", None, None)


def text(message: Message) -> str:
    assert block_faults(message["blocks"]) == []
    return message["text"]


def test_turned_on_says_where_when_and_how_to_change_it() -> None:
    said = text(turned_on(ON, zone_guessed=False))
    assert said.startswith(
        "The daily takeaway is on for <#C0GENERAL>: on weekdays at 09:30 (America/New York). "
        "The first one comes on Thursday 26 November at 09:30."
    )
    assert "`/llm daily off`" in said
    assert "automated" in said
    assert "UTC" not in said


def test_a_zone_that_was_not_known_is_said_to_be_utc() -> None:
    assert "I took UTC" in text(turned_on(replace(ON, zone="UTC"), zone_guessed=True))


def test_the_channel_is_a_reference_that_slack_fills_in() -> None:
    [block] = turned_on(ON, zone_guessed=False)["blocks"]
    parts = block["elements"][0]["elements"]
    assert {"type": "channel", "channel_id": "C0GENERAL"} in parts
    assert {"type": "text", "text": "/llm daily off", "style": {"code": True}} in parts


def test_a_direct_message_has_no_name() -> None:
    said = text(turned_on(replace(ON, channel_id="D0DIRECT"), zone_guessed=False))
    assert "is on for this conversation" in said


def test_turned_off_says_whether_it_was_on() -> None:
    assert "is off for <#C1>" in text(turned_off("C1", was_on=True))
    assert "is not on for <#C1>" in text(turned_off("C1", was_on=False))


@pytest.mark.parametrize(
    ("kept", "state", "words"),
    [
        (None, None, "is not on"),
        (ON, None, "The next one comes on Thursday 26 November at 09:30."),
        (ON, PostState.POSTED, "The last one was posted on Wednesday 25 November."),
        (ON, PostState.SKIPPED, "Wednesday 25 November was skipped: I was down at the hour"),
        (ON, PostState.CLAIMED, "is being posted"),
        (OFF, None, "was turned off for <#C0GENERAL>."),
        (replace(OFF, stopped="is_archived"), None, "because the channel was archived"),
        (replace(OFF, stopped="not_in_channel"), None, "because I was no longer in the channel"),
        (replace(OFF, stopped="restricted_action_x"), None, "not allowed to post"),
        (replace(OFF, stopped="team_not_found"), None, "Slack refused my posts (team_not_found)"),
    ],
)
def test_status_says_how_it_stands(
    kept: Subscription | None, state: PostState | None, words: str
) -> None:
    post = a_post(state) if state else None
    assert words in text(status(kept, post, "C0GENERAL"))


def test_the_next_post_is_told_in_the_time_of_its_zone() -> None:
    moved = replace(ON, zone="Asia/Tokyo", due_at=datetime(2026, 11, 26, 15, 30, tzinfo=UTC))
    assert "Friday 27 November at 00:30" in text(status(moved, None, "C1"))


def test_what_was_not_understood_is_shown_and_does_not_act() -> None:
    said = text(unclear(Unclear("<!channel> `x` {}", ("Europe/Berlin",))))
    assert "&lt;!channel&gt; x" in said
    assert "The nearest time zones I know: Europe/Berlin." in said


def test_paragraphs_stand_in_blocks_of_their_own() -> None:
    message = paragraphs("one", "two")
    assert message["text"] == "one\ntwo"
    assert len(message["blocks"]) == 2
