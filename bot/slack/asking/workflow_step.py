"""The step *Ask the episode* of Slack's Workflow Builder.

https://docs.slack.dev/tools/bolt-python/concepts/custom-steps
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext, Complete, Fail
from slack_sdk import WebClient

from bot.answers import Answer, NoAnswer, as_text
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question, with_length
from bot.slack.asking.message_text import question_in
from bot.slack.blocks.elements import shorten
from bot.slack.blocks.message import MESSAGE_TEXT, Message
from bot.slack.blocks.ways import Ways
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.channels import post_or_reason
from bot.storage import Asker

ASK_EPISODE = "ask_episode"
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,30}")
_NO_QUESTION = "This step has no question. Give it one, and run the workflow again."
_NO_CHANNEL = "I don't know this step's channel. Choose another one."
_FAILED = "Something went wrong here. Please run the workflow again in a few minutes."


def handle_step(
    event: dict[str, Any],
    complete: Complete,
    fail: Fail,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Answer a workflow's question, post the answer if the step names a channel, and hand it on."""
    inputs = event.get("inputs") or {}
    request = AskRequest(
        question_in(_text(inputs, "question"), context.bot_user_id), asker, "workflow"
    )
    channel = _text(inputs, "channel")
    if not request.text:
        fail(_NO_QUESTION)
        return
    if channel and not _CHANNEL.fullmatch(channel):
        fail(_NO_CHANNEL)
        return
    try:
        answer_question(
            request, StepReply(complete, fail, context.client, channel, services.ways), services
        )
    except Exception:
        fail(_FAILED)
        raise


@dataclass(frozen=True, slots=True)
class StepReply:
    """Completes the step with the answer, after it is posted to `channel` if there is one."""

    complete: Complete
    fail: Fail
    client: WebClient
    channel: str
    ways: Ways

    def history(self) -> Sequence[str]:
        """Return nothing: a step stands alone."""
        return ()

    def refuse(self, message: Message) -> None:
        """Fail the step."""
        self.fail(message["text"])

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Post, then complete: the step's token is void once the step is complete."""
        message = with_length(answer, answer_message(answer, request.id, ways=self.ways))
        if self.channel and (why := post_or_reason(self.client, self.channel, message)):
            self.fail(f"The answer was not posted to the channel: {why}.")
            return False
        self.complete(outputs_of(answer))
        return True


def outputs_of(answer: Answer | NoAnswer) -> dict[str, Any]:
    """Return what later steps can use; `quote` and `segment` only if there is an answer. Pure."""
    outputs = {
        "answered": isinstance(answer, Answer),
        "answer": shorten(as_text(answer), MESSAGE_TEXT),
    }
    if isinstance(answer, Answer) and answer.quotes:
        outputs |= {"quote": answer.quotes[0].text, "segment": answer.quotes[0].segment}
    return outputs


def _text(inputs: Mapping[str, Any], name: str) -> str:
    value = inputs.get(name)
    return value if isinstance(value, str) else ""
