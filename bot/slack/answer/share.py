"""*Share elsewhere…*: an answer for a channel of a person's choice."""

import logging
from logging import Logger
from typing import Annotated, Any

import msgspec
from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.slack.answer.buttons import SHARE
from bot.slack.answer.message import shared_message
from bot.slack.answer.share_value import shared_answer
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import notice, paragraphs
from bot.slack.blocks.modals import SENT_BEFORE, field, filled, modal, submit
from bot.slack.blocks.quotes import quoted
from bot.slack.requests.payload import button_origin
from bot.slack.requests.services import Services
from bot.slack.sending.channels import post_or_reason
from bot.slack.sending.replies import (
    FAILURES,
    remove_original,
    respond_in_channel,
    respond_privately,
    show_outcome,
)
from bot.storage import new_id

SHARE_FORM = "share_form"
_TITLE = "Share elsewhere"
_CREDIT = "It is posted with your name as the one who shares it."
_CHOOSE = "Choose a channel."
REFUSAL = "This answer can no longer be shared: the transcript has changed since. Ask again."
_SHARED_BEFORE = (
    "You have shared this already, or tried to. If it does not stand there, ask again for an "
    "answer with a new button."
)
_UNDER_WAY = "Sharing…"
_FAILED = "Sorry, something went wrong, and it may not have been shared to {}. Look there first."

log = logging.getLogger(__name__)


class _Conversation(msgspec.Struct):
    selected_conversation: Annotated[str, msgspec.Meta(pattern=r"^[CG][A-Z0-9]{2,30}$")]


def handle_share(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
    logger: Logger,
) -> None:
    """Post a private answer to its channel, quoted afresh: the button is not trusted as text.

    However often it is pressed it is posted once. The private answer goes then, with its button.
    """
    place, client = button_origin(body), context.client
    thread = place.thread_ts
    answer = shared_answer(action.get("value") or "", services.answerer.quote)
    if answer is None:
        respond_privately(respond, client, notice(REFUSAL), thread_ts=thread)
        return
    if not services.dedup.is_new(f"{SHARE} {place.channel_id} {place.ts}"):
        respond_privately(respond, client, notice(_SHARED_BEFORE), thread_ts=thread)
        return
    message = shared_message(answer, context.user_id or "", new_id())
    respond_in_channel(respond, client, message, thread_ts=thread)
    try:
        remove_original(respond, client)
    except FAILURES:  # an apology would say that it was not shared
        logger.exception("A shared answer keeps its button")


def handle_share_elsewhere(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
) -> None:
    """Open the form."""
    place, value = button_origin(body), action.get("value") or ""
    answer = shared_answer(value, services.answerer.quote)
    if answer is None:
        respond_privately(respond, client, notice(REFUSAL), thread_ts=place.thread_ts)
        return
    form = share_form(value, place.channel_id, quoted(answer.quotes[:1]))
    client.views_open(trigger_id=body["trigger_id"], view=form)


def handle_share_form(
    ack: Ack, view: dict[str, Any], context: BoltContext, services: Services
) -> None:
    """Post to the channel; it is acknowledged first, for joining a channel takes its time.

    However often a form is sent, as when Slack says that sending failed, it is posted once.
    """
    chosen = filled(view, "channel", _Conversation)
    if chosen is None:
        ack(response_action="errors", errors={"channel": _CHOOSE})
        return
    answer = shared_answer(view.get("private_metadata") or "", services.answerer.quote)
    if answer is None:
        ack(response_action="update", view=modal(_TITLE, notice(REFUSAL)["blocks"]))
        return
    if not services.dedup.is_new(f"{SHARE_FORM} {view['id']}"):
        ack(response_action="update", view=modal(_TITLE, notice(SENT_BEFORE)["blocks"]))
        return
    ack(response_action="update", view=modal(_TITLE, notice(_UNDER_WAY)["blocks"]))
    channel_id = chosen.selected_conversation
    message = shared_message(answer, context.user_id or "", new_id())
    try:
        why = post_or_reason(context.client, channel_id, message)
        outcome = f"It was not shared to {{}}: {why}." if why else "Shared to {}."
    except FAILURES:
        log.exception("An answer may not have been shared")
        outcome = _FAILED
    said = paragraphs(outcome, channel_id=channel_id)
    show_outcome(context, view, modal(_TITLE, said["blocks"]), said)


def share_form(value: str, channel_id: str, shown: list[Block]) -> Block:
    """Asks for the channel; `value` is the pressed button's, `channel_id` where it is. Pure."""
    here = {"initial_conversation": channel_id} if channel_id.startswith(("C", "G")) else {}
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    select = {"type": "conversations_select", "filter": only, **here}
    return modal(
        _TITLE,
        [*shown, field("channel", "Channel", select), *notice(_CREDIT)["blocks"]],
        close="Cancel",
        submit=submit("Share"),
        callback_id=SHARE_FORM,
        private_metadata=value,
    )
