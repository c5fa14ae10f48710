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
from bot.slack.policy import Rules
from bot.slack.requests.payload import Place, place_of
from bot.slack.requests.question_log import Records
from bot.slack.requests.rate_limit import Pacing
from bot.slack.sending.channels import post, was_refused
from bot.slack.sending.replies import FAILURES, respond_privately, show_outcome
from bot.storage import Handover, Store, StoreError, new_id

_NOTHING_ASKED = "Write a question."
_UNDER_WAY = "Passing your question on…"
_PASSED_ON = "Your question has been passed on. If somebody answers it, the answer comes {}."
_NOBODY = "Nobody could be reached, so your question has not been passed on."
_NOT_KEPT = (
    "Your question has not been passed on, for my memory is out of reach. Please try again later."
)
_UNSURE = "Sorry, something went wrong, and your question may not have reached anybody."

log = logging.getLogger(__name__)


def handle_ask_human(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    rules: Rules,
) -> None:
    """Open the form, with the question to edit."""
    place = place_of(body)
    if rules.human_channel is None:
        respond_privately(respond, client, notice(_NOBODY), thread_ts=place.thread_ts)
        return
    question = str(action.get("value") or "")
    metadata = msgspec.json.encode(thread_of(place)).decode()
    client.views_open(trigger_id=body["trigger_id"], view=question_form(question, metadata))


def handle_human_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    records: Records,
    rules: Rules,
    pacing: Pacing,
) -> None:
    """Keep the question, then post it; it is acknowledged first, for posting takes its time.

    However often a form is sent, as when Slack says that sending failed, it is posted once.
    """
    question = typed(view, "question", FOR_HUMAN)
    if not question:
        ack(response_action="errors", errors={"question": _NOTHING_ASKED})
        return
    if refusal := pacing.refusal(context):
        ack(response_action="errors", errors={"question": refusal["text"]})
        return
    if not records.first_time(f"{HUMAN_FORM} {view['id']}"):
        ack(response_action="update", view=_told(SENT_BEFORE))
        return
    ack(response_action="update", view=_told(_UNDER_WAY))
    thread = decode_value(view.get("private_metadata") or "", Thread) or Thread(None, None)
    handover = Handover(
        id=new_id(),
        team_id=context.team_id or "",
        question=shorten(question, FOR_HUMAN),
        asked_by=context.user_id or "",
        asked_at=records.clock(),
        channel_id=thread.channel_id,
        thread_ts=thread.ts,
    )
    outcome = _hand_over(handover, context.client, records, rules.human_channel)
    show_outcome(context, view, _told(outcome), notice(outcome))


def thread_of(place: Place) -> Thread:
    """The thread that a button stands in or begins; what is private stays so. Pure."""
    if place.is_private or not place.channel_id:
        return Thread(None, None)
    return Thread(place.channel_id, place.thread_ts or place.ts)


def link_to(client: WebClient, handover: Handover) -> str | None:
    """A link to where a question was asked; None where it was in private, or Slack gives none."""
    if handover.channel_id is None or handover.thread_ts is None:
        return None
    try:
        found = client.chat_getPermalink(channel=handover.channel_id, message_ts=handover.thread_ts)
    except FAILURES as error:
        log.warning("A question is handed over without a link: %s", type(error).__name__)
        return None
    return str(found["permalink"])


def _hand_over(
    handover: Handover, client: WebClient, records: Records, channel_id: str | None
) -> str:
    """Keep and post a question; what its asker is told. What was refused is not left open."""
    store = records.store
    if channel_id is None:
        return _NOBODY
    try:
        store.handovers.add(handover)
    except StoreError as error:
        log.warning("A question is not handed over: %s", error)
        return _NOT_KEPT
    try:
        post(client, channel_id, question_message(handover, link_to(client, handover)))
    except FAILURES as failure:
        if was_refused(failure):
            log.warning("HUMAN_CHANNEL cannot be posted to: %s", failure.response["error"])
            _give_up(handover, store, records)
            return _NOBODY
        # It may have arrived, so whoever sees it can answer it.
        log.exception("A question may not have been handed over")
        return _UNSURE
    where = "into this thread" if handover.channel_id else "as a direct message to you"
    return _PASSED_ON.format(where)


def _give_up(handover: Handover, store: Store, records: Records) -> None:
    try:
        store.handovers.resolve(handover, handover.asked_by, records.clock())
    except StoreError as error:
        log.warning("A question that reached nobody stays open: %s", error)


def _told(words: str) -> Block:
    return modal(TITLE, notice(words)["blocks"])
