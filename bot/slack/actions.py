"""Buttons."""

from logging import Logger
from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.slack.blocks import notice, shared_message
from bot.slack.replies import FAILURES, remove_original, respond_in_channel, respond_privately
from bot.slack.sharing import shared_answer
from bot.storage import new_id

_REFUSAL = "This answer can no longer be shared: the transcript has changed since. Ask again."


def handle_share(
    ack: Ack,
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    answerer: Answerer,
    logger: Logger,
) -> None:
    """Post a private answer to its channel, quoted afresh: the button is not trusted as text.

    The private answer goes once it is shared, and its button with it: nothing is posted twice.
    """
    ack()
    answer = shared_answer(action.get("value", ""), answerer.quote)
    if answer is None:
        respond_privately(respond, client, notice(_REFUSAL))
        return
    respond_in_channel(respond, client, shared_message(answer, body["user"]["id"], new_id()))
    try:
        remove_original(respond, client)
    except FAILURES:  # an apology would say that it was not shared
        logger.exception("A shared answer keeps its button")
