"""What a person answered before, as Slack takes it; the scenarios tell when it is shown."""

import json
import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.answer.kept import AnsweredBefore
from bot.slack.answer.message import answer_message
from bot.slack.asking.form import Origin, answered_view
from bot.slack.blocks.message import MESSAGE_TEXT
from bot.storage import KeptAnswer
from tests.fakes.hostile import hostile_texts
from tests.fakes.limits import MOST_TEXT, block_faults, text_length, view_faults

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
before = st.builds(
    AnsweredBefore,
    question=hostile_texts(),
    kind=st.sampled_from(["unknown", "term"]),
    reply=st.just("The episode doesn't say."),
    kept=st.builds(
        KeptAnswer,
        id=st.just("0" * 32),
        team_id=st.just("T1"),
        question=hostile_texts().map(lambda words: words[:1_000] or "?"),
        answer=hostile_texts().map(lambda words: words[:3_000] or "!"),
        answered_by=st.just("U2"),
        answered_at=st.just(NOW),
    ),
)


@given(before)
def test_whatever_people_wrote_slack_takes_it_and_it_does_nothing(answer: AnsweredBefore) -> None:
    message = answer_message(answer, "a1", human=True)
    assert block_faults(message["blocks"]) == []
    assert text_length(message["blocks"]) <= MOST_TEXT
    assert 1 <= len(message["text"]) <= MESSAGE_TEXT
    assert not re.search(r"[<>]", message["text"].replace("<@U2>", ""))
    assert "mrkdwn" not in re.findall(r'"type": "(\w+)"', json.dumps(message["blocks"]))
    assert view_faults(answered_view(Origin("home"), answer, human=True)) == []


def test_the_longest_answer_stands_whole() -> None:
    kept = KeptAnswer("h1", "T1", "why?", "why " * 749 + "end", "U2", NOW)
    message = answer_message(AnsweredBefore("why?", "unknown", "No.", kept=kept))
    assert kept.answer in json.dumps(message["blocks"])
