"""The one place where errors end."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from logging import Logger
from typing import Any

from slack_bolt import BoltContext, Respond
from slack_sdk.errors import SlackApiError

from bot.slack.asking.message_text import is_new_mention, is_new_message
from bot.slack.blocks.message import Message, notice
from bot.slack.requests.payload import button_origin
from bot.slack.sending.replies import FAILURES, post_reply, respond_privately, tell_privately


def handle_error(
    error: Exception,
    body: Mapping[str, Any],
    respond: Respond,
    context: BoltContext,
    logger: Logger,
) -> None:
    """Log what went wrong under a reference, and tell the person no more than that reference."""
    reference = secrets.token_hex(4)
    logger.error("A request of %s failed, reference %s", context.team_id, reference, exc_info=error)
    services = context.get("services")  # None until somebody is authorized
    if services:
        services.observer.failed(_word_for(error))
    apology = notice(f"Sorry, something went wrong. Please try again. Reference: {reference}")
    for tell in _ways(body, respond, context, apology):
        try:
            tell()
        except FAILURES:
            logger.exception("Could not tell the person about reference %s so", reference)
        else:
            return


def _ways(
    body: Mapping[str, Any], respond: Respond, context: BoltContext, message: Message
) -> Iterator[Callable[[], None]]:
    """How a person who waits for an answer can be told something, the best way first."""
    event = context.get("mention") or body.get("event")  # an edit may hold a mention
    if event is None:  # a command, a button, a form, a shortcut
        if respond.response_url:
            thread = button_origin(body).thread_ts
            yield partial(respond_privately, respond, context.client, message, thread_ts=thread)
        yield partial(tell_privately, context, message)
    elif _is_addressed(event, context):
        yield partial(post_reply, context, event, message)
        yield partial(tell_privately, context, message, event)


def _is_addressed(event: Mapping[str, Any], context: BoltContext) -> bool:
    """Whether whoever wrote a message waits for an answer: nobody else is to hear of a failure."""
    if event.get("type") == "app_mention":
        return is_new_mention(event)
    if event.get("type") != "message" or not is_new_message(event):
        return False
    in_channel = event.get("channel_type") != "im"
    return not in_channel or bool(context.get("following"))


def _word_for(error: Exception) -> str:
    """Slack's own word where it refused something, `internal` where the fault is here."""
    return str(error.response["error"]) if isinstance(error, SlackApiError) else "internal"
