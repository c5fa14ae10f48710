"""Sending an answer where it was asked for, or to the person alone where that cannot be."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_bolt import BoltContext, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.errors import BotError
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, with_note


class UndeliveredError(BotError):
    """Slack took a reply to a command or a button and refused it.

    `refused` is False where Slack itself failed: the reply may have arrived.
    """

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"response_url: {status} {body}")
        self.refused = status < HTTPStatus.INTERNAL_SERVER_ERROR


# Whatever stands between a reply and the person it is for.
FAILURES = (SlackClientError, OSError, HTTPException, BotError)
# Slack's words for a place in which the bot may not post, whatever it says.
_CLOSED = frozenset(
    """
        access_denied cannot_reply_to_message channel_not_found ekm_access_denied is_archived
        no_permission not_in_channel restricted_action restricted_action_non_threadable_channel
        restricted_action_read_only_channel restricted_action_thread_locked
        restricted_action_thread_only_channel team_access_not_granted
    """.split()
)
_AS_IT_IS = {"unfurl_links": False, "unfurl_media": False}  # links stay links, and show no preview
_ELSEWHERE = "I may not post where you asked, so this is for you alone."

log = logging.getLogger(__name__)


def respond_privately(
    respond: Respond, client: WebClient, message: Message, *, thread_ts: str | None = None
) -> None:
    """Answer a command or a button so that the person alone sees it, in a thread if it has one."""
    place = {"response_type": "ephemeral", "replace_original": False, "thread_ts": thread_ts}
    _respond(respond, client, **place, **_AS_IT_IS, **message)


def respond_in_channel(
    respond: Respond, client: WebClient, message: Message, *, thread_ts: str | None = None
) -> None:
    """Post to the channel that a command or a button was used in, even as no member of it."""
    place = {"response_type": "in_channel", "replace_original": False, "thread_ts": thread_ts}
    _respond(respond, client, **place, **_AS_IT_IS, **message)


def respond_in_place(respond: Respond, client: WebClient, message: Message) -> None:
    """Put a message in the place of the private one whose button was pressed."""
    place = {"response_type": "ephemeral", "replace_original": True}
    _respond(respond, client, **place, **_AS_IT_IS, **message)


def remove_original(respond: Respond, client: WebClient) -> None:
    """Take away the message whose button was pressed; Slack does not say what stood in it."""
    _respond(respond, client, delete_original=True)


def _respond(respond: Respond, client: WebClient, **reply: Any) -> None:
    """Use a `response_url` as `client` uses the Web API, and raise what a refusal does not.

    Bolt's `respond` sends again what was cut off, and so may post twice; it waits for longer.
    """
    webhook = WebhookClient(
        respond.response_url or "",
        timeout=client.timeout,
        ssl=client.ssl,
        proxy=client.proxy,
        retry_handlers=client.retry_handlers,
    )
    answer = webhook.send_dict({name: part for name, part in reply.items() if part is not None})
    if answer.status_code != HTTPStatus.OK or '"ok":false' in answer.body.replace(" ", ""):
        raise UndeliveredError(answer.status_code, answer.body)


def answer_command(context: BoltContext, message: Message) -> None:
    """Answer a command privately, by another way where its `response_url` is refused."""
    try:
        respond_privately(Respond(response_url=context.response_url), context.client, message)
    except UndeliveredError as refused:
        log.warning("A command is answered by another way: %s", refused)
        tell_privately(context, message)


def tell_privately(
    context: BoltContext, message: Message, event: Mapping[str, Any] | None = None
) -> None:
    """Tell whoever makes a request something in the channel it comes from, or else directly.

    In a thread that has begun (`event` stands in it) it is shown there.
    """
    user, channel = context.user_id or "", context.channel_id or ""
    if channel and not channel.startswith("D"):
        thread = (event or {}).get("thread_ts")
        try:
            context.client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread, **message
            )
        except FAILURES as error:
            log.warning("A person is told directly, as it cannot be in the channel: %s", error)
        else:
            return
    post_message(context.client, user, message)


def post_reply(context: BoltContext, event: Mapping[str, Any], message: Message) -> None:
    """Answer a message in its thread, or where the bot may not post to the person alone.

    A direct message is the root of a thread as well: so the agent pane shows a conversation.
    """
    try:
        thread_ts = event.get("thread_ts", event["ts"])
        post_message(context.client, event["channel"], message, thread_ts)
    except SlackApiError as error:
        if error.response["error"] not in _CLOSED:
            raise
        log.warning("A message is answered privately: %s", error.response["error"])
        tell_privately(context, with_note(message, _ELSEWHERE), event)


def show_outcome(context: BoltContext, opened: Block, view: Block, message: Message) -> None:
    """Show in a modal what became of it; whoever has closed it meanwhile is told directly.

    An apology would say that it has to be done again.
    """
    try:
        context.client.views_update(view_id=opened["id"], view=view)
    except FAILURES as error:
        log.warning("An outcome is told directly: %s", type(error).__name__)
        tell_privately(context, message)


def post_message(
    client: WebClient, channel_id: str, message: Message, thread_ts: str | None = None
) -> None:
    """Post to a channel, or to a person by their id."""
    client.chat_postMessage(
        channel=channel_id,
        thread_ts=thread_ts,
        text=message["text"],
        blocks=message["blocks"],
        unfurl_links=False,
        unfurl_media=False,
    )
