"""Sending an answer where it was asked for."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.errors import BotError
from bot.slack.blocks import Message


class UndeliveredError(BotError):
    """Slack took a reply to a command or a button and refused it."""


def respond_privately(respond: Respond, message: Message) -> None:
    """Answer a command or a button so that the person alone sees it."""
    _respond(respond, message, "ephemeral")


def respond_in_channel(respond: Respond, message: Message) -> None:
    """Post to the channel that a command or a button was used in, even as no member of it."""
    _respond(respond, message, "in_channel")


def _respond(respond: Respond, message: Message, response_type: str) -> None:
    """Use a `response_url`, which unlike the Web API's client raises nothing by itself."""
    reply = respond(
        text=message["text"],
        blocks=message["blocks"],
        response_type=response_type,
        replace_original=False,
    )
    if reply.status_code != HTTPStatus.OK or '"ok":false' in reply.body.replace(" ", ""):
        raise UndeliveredError(f"response_url: {reply.status_code} {reply.body}")


def post_reply(client: WebClient, event: Mapping[str, Any], message: Message) -> None:
    """Answer a message in its thread; a direct message outside threads gets a plain reply."""
    root = None if event.get("channel_type") == "im" else event["ts"]
    client.chat_postMessage(
        channel=event["channel"],
        thread_ts=event.get("thread_ts", root),
        text=message["text"],
        blocks=message["blocks"],
        unfurl_links=False,
        unfurl_media=False,
    )
