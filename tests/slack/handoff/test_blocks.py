"""A question on its way to a person and back, as Slack takes it."""

import json
import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.message import MESSAGE_TEXT, Message
from bot.slack.handoff.blocks import (
    answer_form,
    answered_message,
    closed_message,
    question_form,
    question_message,
)
from bot.storage import Handover
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import MOST_TEXT, block_faults, text_length, view_faults

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LINK = "https://example.slack.com/archives/C1/p1"
handovers = st.builds(
    Handover,
    id=st.just("h1"),
    team_id=st.just("T1"),
    question=hostile_texts().map(lambda words: words[:1_000] or "?"),
    asked_by=st.just("U1"),
    asked_at=st.just(NOW),
    channel_id=st.sampled_from([None, "C1"]),
    answer=st.none() | hostile_texts().map(lambda words: words[:3_000] or "!"),
    answered_by=st.just("U2"),
)


def check(message: Message) -> None:
    """Slack would take it, and nothing that a person wrote acts."""
    assert block_faults(message["blocks"]) == []
    assert text_length(message["blocks"]) <= MOST_TEXT
    assert 1 <= len(message["text"]) <= MESSAGE_TEXT
    assert not re.search(r"[<>]", re.sub("<@U[12]>", "", message["text"]))
    assert "mrkdwn" not in re.findall(r'"type": "(\w+)"', json.dumps(message["blocks"]))


@given(handovers, st.sampled_from([None, LINK]))
def test_whatever_people_write_slack_takes_it_and_it_does_nothing(
    handover: Handover, link: str | None
) -> None:
    check(question_message(handover, link))
    check(closed_message(handover, link))
    check(answered_message(handover))
    assert view_faults(question_form(handover.question, "[]")) == []
    assert view_faults(answer_form(handover, "[]")) == []


def test_the_link_leads_back() -> None:
    handover = Handover("h1", "T1", "how?", "U1", NOW, "C1", "1.1")
    assert LINK in json.dumps(question_message(handover, LINK)["blocks"])
