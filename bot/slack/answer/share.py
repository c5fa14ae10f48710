"""*Share…*: an answer for a channel of a person's choice, quoted afresh."""

import logging
from typing import Annotated, Any

import msgspec
from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.answers import Answer
from bot.slack.answer.message import shared_message
from bot.slack.answer.share_value import shared_answer
from bot.slack.blocks.button_value import METADATA, decode_value, encode_value
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import TRANSCRIPT_CHANGED, Message, notice, paragraphs
from bot.slack.blocks.modals import SENT_BEFORE, field, filled, modal, submit
from bot.slack.blocks.quotes import listed, quoted
from bot.slack.blocks.ways import NO_WAYS, Ways
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.slack.sending.channels import post_or_reason
from bot.slack.sending.replies import (
    FAILURES,
    UndeliveredError,
    remove_original,
    respond_in_channel,
    show_outcome,
)
from bot.storage import Asker, new_id

SHARE_FORM = "share_form"
_TITLE = "Share this answer"
_CREDIT = "It is posted with your name as the one who shares it."
_CHOOSE = "Choose a channel."
_UNDER_WAY = "Sharing…"
_SHARED, _REFUSED = "Shared to {}.", "It was not shared to {{}}: {}."
_FAILED = "Sorry, something went wrong, and it may not have been shared to {}. Look there first."

log = logging.getLogger(__name__)


class _Conversation(msgspec.Struct):
    selected_conversation: Annotated[str, msgspec.Meta(pattern=r"^[CG][A-Z0-9]{2,30}$")]


class ShareFrom(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """What is shared, and the private message that holds the button.

    By its `response_url` the bot posts to that channel, even as no member of it. It is None for a
    public message: there the bot is a member.
    """

    value: str
    channel_id: str
    thread_ts: str | None = None
    response_url: str | None = None


def handle_share(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> None:
    """Open the form."""
    press = Press(body, respond, client)
    if press.is_limited(services, asker):
        return
    value = action.get("value") or ""
    answer = shared_answer(value, services.answerer.quote)
    if answer is None:
        press.tell_notice(TRANSCRIPT_CHANGED)
        return
    press.open(share_form(share_from(press, value), answer, services.ways))


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
    given = decode_value(view.get("private_metadata") or "", ShareFrom, METADATA)
    answer = shared_answer(given.value, services.answerer.quote) if given else None
    if given is None or answer is None:
        ack(response_action="update", view=_told(notice(TRANSCRIPT_CHANGED)))
        return
    if not services.dedup.is_new(f"{SHARE_FORM} {view['id']}"):
        ack(response_action="update", view=_told(notice(SENT_BEFORE)))
        return
    ack(response_action="update", view=_told(notice(_UNDER_WAY)))
    channel_id = chosen.selected_conversation
    message = shared_message(answer, context.user_id or "", new_id(), services.ways)
    try:
        why = _post(context.client, given, channel_id, message)
        outcome = _REFUSED.format(why) if why else _SHARED
    except FAILURES:
        log.exception("An answer may not have been shared to %s", channel_id)
        outcome = _FAILED
    said = paragraphs(outcome, channel_id=channel_id)
    show_outcome(context, view, _told(said), said)


def share_from(press: Press, value: str) -> ShareFrom:
    """Return what the form has to know of the message whose button was pressed."""
    origin = press.origin
    if not origin.ephemeral:
        return ShareFrom(value, origin.channel_id)
    return ShareFrom(value, origin.channel_id, origin.thread_ts, press.respond.response_url)


def share_form(given: ShareFrom, answer: Answer, ways: Ways = NO_WAYS) -> Block:
    """Return the form that asks for the channel, above what is shared. Pure."""
    is_channel = given.channel_id.startswith(("C", "G"))
    here = {"initial_conversation": given.channel_id} if is_channel else {}
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    select = {"type": "conversations_select", "filter": only, **here}
    led = ways.to(answer.quotes)
    shown = listed(answer.items, led[0]) if answer.items else quoted(answer.quotes, led)
    return modal(
        _TITLE,
        [field("channel", "Channel", select), *notice(_CREDIT)["blocks"], *shown],
        close="Cancel",
        submit=submit("Share"),
        callback_id=SHARE_FORM,
        private_metadata=encode_value(given, METADATA) or "",
    )


def _post(client: WebClient, given: ShareFrom, channel_id: str, message: Message) -> str | None:
    """Post where it was chosen; return why not, as the rest of a sentence, if it is refused."""
    if channel_id == given.channel_id and given.response_url:
        respond = Respond(response_url=given.response_url)
        try:
            respond_in_channel(respond, client, message, thread_ts=given.thread_ts)
        except UndeliveredError as error:
            if not error.refused:
                raise
            # It serves for 30 minutes and five times:
            # https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
            log.warning("An answer is shared by another way: %s", error)
        else:
            _remove(respond, client)
            return None
    thread_ts = given.thread_ts if channel_id == given.channel_id else None
    return post_or_reason(client, channel_id, message, thread_ts)


def _remove(respond: Respond, client: WebClient) -> None:
    """Take away the private answer, which stands in the channel now."""
    try:
        remove_original(respond, client)
    except FAILURES:  # an apology would say that it was not shared
        log.exception("A shared answer is still shown in private")


def _told(message: Message) -> Block:
    return modal(_TITLE, message["blocks"])
