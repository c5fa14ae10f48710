"""Sending an answer where it was asked for."""

from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.errors import BotError
from bot.slack.blocks import Message


class UndeliveredError(BotError):
    """Slack took a reply to a command or a button and refused it."""


# Whatever stands between a reply and the person it is for.
FAILURES = (SlackClientError, OSError, HTTPException, BotError)


def respond_privately(respond: Respond, client: WebClient, message: Message) -> None:
    """Answer a command or a button so that the person alone sees it."""
    _respond(respond, client, response_type="ephemeral", replace_original=False, **message)


def respond_in_channel(respond: Respond, client: WebClient, message: Message) -> None:
    """Post to the channel that a command or a button was used in, even as no member of it."""
    _respond(respond, client, response_type="in_channel", replace_original=False, **message)


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
    answer = webhook.send(**reply)
    if answer.status_code != HTTPStatus.OK or '"ok":false' in answer.body.replace(" ", ""):
        raise UndeliveredError(f"response_url: {answer.status_code} {answer.body}")


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
