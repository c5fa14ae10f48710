"""*Ask a human*: a question that the episode does not answer goes to the human channel."""

import logging
from typing import Any

import msgspec
from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.slack.answer.buttons import FOR_HUMAN
from bot.slack.blocks.button_value import decode_value
from bot.slack.blocks.elements import Block, shorten
from bot.slack.blocks.message import notice
from bot.slack.blocks.modals import SENT_BEFORE, modal, typed
from bot.slack.handoff.blocks import HUMAN_FORM, TITLE, Thread, question_form, question_message
from bot.slack.requests.payload import ButtonOrigin
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.slack.sending.channels import post, was_refused
from bot.slack.sending.replies import FAILURES, show_outcome
from bot.storage import Asker, Handover, StoreError, new_id

_NOTHING_ASKED = "Write a question."
_UNDER_WAY = "Passing your question on…"
_PASSED_ON = "Your question has been passed on. If somebody answers it, the answer comes {}."
_NOBODY = "Nobody could be reached, so your question has not been passed on."
_NOT_KEPT = "I couldn't reach the database, so your question was not passed on. Try again later."
_UNSURE = "Sorry, something went wrong, and your question may not have reached anybody."

log = logging.getLogger(__name__)


def handle_ask_human(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
) -> None:
    """Open the form, with the question to edit."""
    press = Press(body, respond, client)
    if services.policy.human_channel is None:
        press.tell_notice(_NOBODY)
        return
    question = str(action.get("value") or "")
    metadata = msgspec.json.encode(thread_of(press.origin)).decode()
    press.open(question_form(question, metadata))


def handle_human_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Keep the question, then post it; it is acknowledged first, for posting takes its time.

    However often a form is sent, as when Slack says that sending failed, it is posted once.
    """
    question = typed(view, "question", FOR_HUMAN)
    if not question:
        ack(response_action="errors", errors={"question": _NOTHING_ASKED})
        return
    if refusal := services.rate_limit.limited(asker):
        ack(response_action="errors", errors={"question": refusal["text"]})
        return
    if not services.dedup.is_new(f"{HUMAN_FORM} {view['id']}"):
        ack(response_action="update", view=_told(SENT_BEFORE))
        return
    if asker is None:
        ack(response_action="update", view=_told(_NOT_KEPT))
        return
    ack(response_action="update", view=_told(_UNDER_WAY))
    thread = decode_value(view.get("private_metadata") or "", Thread) or Thread(None, None)
    handover = Handover(
        id=new_id(),
        team_id=asker.team_id,
        question=shorten(question, FOR_HUMAN),
        asked_by=asker.user_id,
        asked_at=services.clock(),
        channel_id=thread.channel_id,
        thread_ts=thread.ts,
    )
    outcome = _hand_over(handover, context.client, services)
    show_outcome(context, view, _told(outcome), notice(outcome))


def thread_of(place: ButtonOrigin) -> Thread:
    """Return the thread that a button stands in or begins; none for a private one. Pure."""
    if place.is_private or not place.channel_id:
        return Thread(None, None)
    return Thread(place.channel_id, place.thread_ts or place.ts)


def link_to(client: WebClient, handover: Handover) -> str | None:
    """Return a link to where a question was asked; None if it was in private or Slack fails."""
    if handover.channel_id is None or handover.thread_ts is None:
        return None
    try:
        found = client.chat_getPermalink(channel=handover.channel_id, message_ts=handover.thread_ts)
    except FAILURES as error:
        log.warning("A question is handed over without a link: %s", type(error).__name__)
        return None
    return str(found["permalink"])


def _hand_over(handover: Handover, client: WebClient, services: Services) -> str:
    """Save and post a question. Returns what its asker is told; what was refused is closed."""
    channel_id, store = services.policy.human_channel, services.store
    if channel_id is None:
        return _NOBODY
    try:
        store.handovers.add(handover)
    except StoreError as error:
        log.warning("A question of %s is not handed over: %s", handover.team_id, error)
        return _NOT_KEPT
    try:
        post(client, channel_id, question_message(handover, link_to(client, handover)))
    except FAILURES as failure:
        if was_refused(failure):
            log.warning("HUMAN_CHANNEL cannot be posted to: %s", failure.response["error"])
            _give_up(handover, services)
            return _NOBODY
        # It may have arrived, so it stays open for an answer.
        log.exception("A question may not have been handed over")
        return _UNSURE
    where = "into this thread" if handover.channel_id else "as a direct message to you"
    return _PASSED_ON.format(where)


def _give_up(handover: Handover, services: Services) -> None:
    try:
        services.store.handovers.resolve(handover, handover.asked_by, services.clock())
    except StoreError as error:
        log.warning("A question that reached nobody stays open: %s", error)


def _told(words: str) -> Block:
    return modal(TITLE, notice(words)["blocks"])
