"""Buttons."""

from typing import Any

from slack_bolt import Ack, Respond

from bot.answers import Answerer
from bot.slack.blocks import notice, shared_message
from bot.slack.replies import respond_in_channel, respond_privately
from bot.slack.sharing import shared_answer

_REFUSAL = "This answer can no longer be shared: the transcript has changed since. Ask again."


def handle_share(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], respond: Respond, answerer: Answerer
) -> None:
    """Post a private answer to its channel, quoted afresh: the button is not trusted as text."""
    ack()
    answer = shared_answer(action.get("value", ""), answerer.quote)
    if answer is None:
        respond_privately(respond, notice(_REFUSAL))
    else:
        respond_in_channel(respond, shared_message(answer, body["user"]["id"]))
