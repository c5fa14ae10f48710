"""What the people of the human channel do about a question: answer it, or close it."""

import logging
from typing import Any, NamedTuple

import msgspec
from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.slack.answer.kept import WORDS
from bot.slack.blocks.button_value import decode_value
from bot.slack.blocks.elements import Block, shorten
from bot.slack.blocks.message import notice
from bot.slack.blocks.modals import modal, ticked, typed
from bot.slack.handoff.ask import link_to
from bot.slack.handoff.blocks import (
    ANSWER_TITLE,
    FOR_OTHERS,
    Handed,
    answer_form,
    answered_message,
    closed_message,
)
from bot.slack.handoff.kept import AWAY, keep
from bot.slack.requests.payload import button_origin
from bot.slack.requests.services import Services
from bot.slack.sending.channels import was_refused
from bot.slack.sending.replies import FAILURES, post_message, respond_privately, show_outcome
from bot.storage import Asker, Handover, StoreError

_NOTHING_SAID = "Write an answer."
_UNDER_WAY = "Sending your answer…"
_SENT = "Your answer has been sent."
_CLOSED = "Somebody has answered or closed this question already."
_GONE = "This question is not kept any more, or was never asked here."
_UNDELIVERED = (
    "Your answer could not be delivered, so the question stays open. Please answer it yourself, or "
    "try again later."
)
_UNSURE = (
    "Sorry, something went wrong, and your answer may not have arrived. The question counts as "
    "answered: please look, and write to the person who asked if it did not."
)

log = logging.getLogger(__name__)


class _Written(NamedTuple):
    """What a person wrote, and whether others may be shown it."""

    words: str
    for_others: bool


def handle_human_answer(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Open a form for the answer."""
    place = button_origin(body)
    found = _open(action.get("value") or "", place.channel_id, services, asker)
    if isinstance(found, str):
        respond_privately(respond, context.client, notice(found), thread_ts=place.thread_ts)
        return
    metadata = msgspec.json.encode(Handed(found.id, place.channel_id, place.ts)).decode()
    context.client.views_open(trigger_id=body["trigger_id"], view=answer_form(found, metadata))


def handle_human_answer_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Keep the answer and send it; it is acknowledged first, for sending takes its time."""
    words = typed(view, "answer", WORDS)
    if not words:
        ack(response_action="errors", errors={"answer": _NOTHING_SAID})
        return
    ack(response_action="update", view=_told(_UNDER_WAY))
    outcome = _GONE
    if handed := decode_value(view.get("private_metadata") or "", Handed):
        found = _open(handed.id, handed.channel_id, services, asker)
        if isinstance(found, str):
            outcome = found
        else:
            written = _Written(shorten(words, WORDS), ticked(view, FOR_OTHERS))
            outcome = _answer(found, written, handed, context.client, services, asker)
    show_outcome(context, view, _told(outcome), notice(outcome))


def handle_human_resolved(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Close a question without an answer."""
    place = button_origin(body)
    found = _open(action.get("value") or "", place.channel_id, services, asker)
    if isinstance(found, Handover):
        found = _close(found, None, services, asker)
    if isinstance(found, Handover):
        _show_closed(found, Handed(found.id, place.channel_id, place.ts), context.client)
    else:
        respond_privately(respond, context.client, notice(found), thread_ts=place.thread_ts)


def _open(
    handover_id: str, channel_id: str, services: Services, asker: Asker | None
) -> Handover | str:
    """Return an open question of this workspace, or the reason why there is none."""
    if asker is None or not handover_id or channel_id != services.policy.human_channel:
        return _GONE
    try:
        found = services.store.handovers.get(handover_id, asker.team_id)
    except StoreError as error:
        log.warning("A handed-over question cannot be read: %s", error)
        return AWAY
    if found is None:
        return _GONE
    return _CLOSED if found.resolved_at else found


def _close(
    handover: Handover, answer: str | None, services: Services, asker: Asker | None
) -> Handover | str:
    """Save an answer or close the question. Returns the reason if someone else did so first."""
    kept, now = services.store.handovers, services.clock()
    who = asker.user_id if asker else ""
    try:
        if answer is None:
            return kept.resolve(handover, who, now) or _CLOSED
        return kept.answer(handover, answer, who, now) or _CLOSED
    except StoreError as error:
        log.warning("A handed-over question cannot be closed: %s", error)
        return AWAY


def _answer(
    handover: Handover,
    written: _Written,
    handed: Handed,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> str:
    """Save an answer and send it to the person who asked. Returns what its author is told."""
    answered = _close(handover, written.words, services, asker)
    if isinstance(answered, str):
        return answered
    outcome = _SENT
    try:
        _deliver(answered, client)
    except FAILURES as failure:
        if was_refused(failure):
            log.warning("A person's answer is not delivered: %s", failure.response["error"])
            _reopen(answered, services)
            return _UNDELIVERED
        log.exception("A person's answer may not have been delivered")
        outcome = _UNSURE
    _show_closed(answered, handed, client)
    return outcome + keep(answered, services) if written.for_others else outcome


def _deliver(handover: Handover, client: WebClient) -> None:
    """Send an answer into the thread of its question, or to the person who asked in private."""
    place = handover.channel_id or handover.asked_by
    post_message(client, place, answered_message(handover), handover.thread_ts)


def _reopen(handover: Handover, services: Services) -> None:
    try:
        services.store.handovers.reopen(handover)
    except StoreError as error:
        log.warning("A question whose answer is not delivered stays closed: %s", error)


def _show_closed(handover: Handover, handed: Handed, client: WebClient) -> None:
    """Show in the human channel what became of a question; its buttons go."""
    message = closed_message(handover, link_to(client, handover))
    try:
        client.chat_update(
            channel=handed.channel_id, ts=handed.ts, text=message["text"], blocks=message["blocks"]
        )
    except FAILURES:  # a press of its buttons is told that it is closed
        log.exception("A closed question keeps its buttons")


def _told(words: str) -> Block:
    return modal(ANSWER_TITLE, notice(words)["blocks"])
