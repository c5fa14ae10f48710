"""The Bolt app: what it listens to, and the one place where errors end."""

import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import cache
from logging import Logger
from typing import Any, Literal, NamedTuple

from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import Answerer
from bot.errors import BotError
from bot.slack.actions import handle_share
from bot.slack.blocks import SHARE, notice
from bot.slack.commands import handle_command
from bot.slack.deliveries import Deliveries
from bot.slack.help import COMMAND
from bot.slack.messages import handle_mention, handle_message
from bot.slack.replies import FAILURES, post_reply, respond_privately


class Listener(NamedTuple):
    """What is done when something by this name happens."""

    kind: Literal["command", "event", "action"]
    name: str
    handle: Callable[..., None]


# Everything the bot reacts to. Only the first match runs, so no two match the same thing.
LISTENERS = (
    Listener("command", COMMAND, handle_command),
    Listener("event", "app_mention", handle_mention),
    Listener("event", "message", handle_message),
    Listener("action", SHARE, handle_share),
)


def build_app(
    answerer: Answerer,
    *,
    token: str,
    signing_secret: str,
    client: WebClient,
    executor: Executor | None = None,
    first_time: Callable[[str], bool] | None = None,
) -> App:
    """The app of one workspace; it calls Slack for the first time with the first request.

    `client` lends its address, time-out and retry handlers, and should carry no token of its own.
    `executor` runs the listeners (Bolt's own: five threads). `first_time` says whether an
    `event_id` is new; without it the app remembers a day's in memory.
    """
    app = App(
        name="bot",  # otherwise Bolt reads the caller's source to find one
        signing_secret=signing_secret,
        client=client,
        authorize=_authorize(client, token),
        listener_executor=executor,
    )
    app.use(_once(first_time or Deliveries(time.monotonic).first_time))
    app.use(_provide(answerer))
    app.error(handle_error)
    for kind, name, handle in LISTENERS:
        getattr(app, kind)(name)(handle)
    return app


def _authorize(client: WebClient, token: str) -> Callable[..., AuthorizeResult]:
    """Let every request act with the one token.

    Bolt's own `token=` does not hold: with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET in the
    environment it sets up OAuth unasked and drops the token.
    """

    @cache
    def authorize() -> AuthorizeResult:
        try:
            identity = client.auth_test(token=token)
        except SlackApiError as refused:  # Bolt would acknowledge the request and drop it
            raise BotError(
                f"Slack does not say who the bot is: {refused.response['error']}"
            ) from refused
        return AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=identity)

    return authorize


def _once(first_time: Callable[[str], bool]) -> Callable[..., BoltResponse]:
    """Acknowledge an event that was delivered before, and leave it at that."""

    def once(body: dict[str, Any], ack: Ack, next_: Callable[[], BoltResponse]) -> BoltResponse:
        event_id = body.get("event_id")
        return next_() if event_id is None or first_time(event_id) else ack()

    return once


def _provide(answerer: Answerer) -> Callable[..., BoltResponse]:
    """Hand the answerer to every listener that takes one."""

    def provide(context: BoltContext, next_: Callable[[], BoltResponse]) -> BoltResponse:
        context["answerer"] = answerer
        return next_()

    return provide


def handle_error(
    error: Exception,
    body: Mapping[str, Any],
    client: WebClient,
    respond: Respond,
    logger: Logger,
) -> None:
    """Log what went wrong under a reference, and tell the person no more than that reference."""
    reference = secrets.token_hex(4)
    logger.error("Request failed, reference %s", reference, exc_info=error)
    apology = notice(f"Sorry, something went wrong. Please try again. Reference: {reference}")
    try:
        if respond.response_url:
            respond_privately(respond, client, apology)
        elif "channel" in body.get("event", {}):
            post_reply(client, body["event"], apology)
    except FAILURES:
        logger.exception("Could not tell the person about reference %s", reference)
