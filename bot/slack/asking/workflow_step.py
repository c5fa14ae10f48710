"""The step *Ask the episode* of Slack's Workflow Builder.

https://docs.slack.dev/tools/bolt-python/concepts/custom-steps
"""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext, Complete, Fail
from slack_sdk import WebClient

from bot.answers import Answer, Answerer, NoAnswer, as_text
from bot.slack.answer.message import answer_message
from bot.slack.asking.message_text import question_in
from bot.slack.blocks.elements import shorten
from bot.slack.blocks.message import MESSAGE_TEXT
from bot.slack.requests.question_log import Records, exchange
from bot.slack.sending.channels import hindrance

ASK_EPISODE = "ask_episode"
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,30}")
_NO_QUESTION = "The step has got no question. Give it one, and run the workflow again."
_NO_CHANNEL = "The step has got no channel that I know. Choose another one."
_FAILED = "Something went wrong here. Please run the workflow again in a few minutes."


def handle_step(
    event: dict[str, Any],
    complete: Complete,
    fail: Fail,
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
) -> None:
    """Answer a workflow's question, post the answer where it asks for that, and hand it on."""
    asked = exchange(context, "workflow")
    inputs = event.get("inputs") or {}
    question = question_in(_text(inputs, "question"), context.bot_user_id)
    channel = _text(inputs, "channel")
    if not question:
        fail(_NO_QUESTION)
        return
    if channel and not _CHANNEL.fullmatch(channel):
        fail(_NO_CHANNEL)
        return
    try:
        answer = answerer.ask(question)
        message = answer_message(answer, asked.id)
        if channel and (why := hindrance(client, channel, message)):
            fail(f"The answer was not posted to the channel: {why}.")
            return
    except Exception:
        fail(_FAILED)
        raise
    # The token of a step is void once the step is complete, so everything else comes before.
    complete(outputs_of(answer))
    records.keep(asked, answer)


def outputs_of(answer: Answer | NoAnswer) -> dict[str, Any]:
    """What later steps can use; `quote` and `segment` only where there is an answer. Pure."""
    told = {
        "answered": isinstance(answer, Answer),
        "answer": shorten(as_text(answer), MESSAGE_TEXT),
    }
    if isinstance(answer, Answer) and answer.quotes:
        told |= {"quote": answer.quotes[0].text, "segment": answer.quotes[0].segment}
    return told


def _text(inputs: Mapping[str, Any], name: str) -> str:
    value = inputs.get(name)
    return value if isinstance(value, str) else ""
