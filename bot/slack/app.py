"""The Bolt app, and the one place where errors end."""

import inspect
import secrets
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from logging import Logger
from typing import Any

from slack_bolt import Ack, App, Args, BoltContext, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import Answerer
from bot.slack.asking.message_text import is_question
from bot.slack.asking.messages import concerns
from bot.slack.blocks.message import Message, notice
from bot.slack.connection.authorization import Authorize
from bot.slack.listeners import LISTENERS
from bot.slack.policy import USUAL, Rules
from bot.slack.requests.payload import place_of
from bot.slack.requests.question_log import Records, provide
from bot.slack.requests.rate_limit import Pacing
from bot.slack.sending.replies import FAILURES, post_reply, respond_privately, tell_privately

_NOT_INSTALLED = (
    "This bot is not installed in your workspace any more. Whoever looks after it can install it "
    "again."
)
# What is acknowledged with nothing; a form's acknowledgement says what becomes of the form, and
# Bolt acknowledges events by itself.
_ANSWERED_LATER = frozenset({"command", "action", "shortcut"})


def build_app(
    answerer: Answerer,
    records: Records,
    *,
    authorize: Authorize,
    signing_secret: str,
    client: WebClient,
    executor: Executor | None = None,
    rules: Rules = USUAL,
) -> App:
    """The app; `authorize` finds the token for a workspace with the first request from it.

    `client` lends its address, time-out and retry handlers, and should carry no token of its own.
    `executor` runs the listeners (Bolt's own: five threads).
    """

    def authorized(context: BoltContext) -> AuthorizeResult | None:
        team_id = None if context.is_enterprise_install else context.team_id
        return authorize(context.enterprise_id, team_id)

    app = App(
        # Otherwise Bolt reads the caller's source to find one. Not `bot`: Bolt sets the level of
        # the logger by this name.
        name="podcast-answer-bot",
        signing_secret=signing_secret,
        client=client,
        authorize=authorized,  # type: ignore[arg-type]  # None refuses, as Bolt documents
        listener_executor=executor,
        user_facing_authorize_error_message=_NOT_INSTALLED,
    )
    pacing = Pacing(rules.rate_limit)
    app.use(provide(answerer=answerer, records=records, rules=rules, pacing=pacing))
    app.error(handle_error)
    for kind, name, handle in LISTENERS:
        middleware = [_acknowledge] if kind in _ANSWERED_LATER else []
        once = kind in {"event", "function"}
        getattr(app, kind)(name, middleware=middleware)(_once(handle) if once else handle)
    return app


def _acknowledge(ack: Ack, next_: Callable[[], None]) -> None:
    """Acknowledge before a worker is free: Slack waits for 3 seconds, whatever the queue."""
    ack()
    next_()


def _once(handle: Callable[..., None]) -> Callable[[Args], None]:
    """Handle what Slack delivers several times but once; it is acknowledged each time.

    What is none of the bot's concern, such as most of what is said in channels, is not looked up.
    """
    wanted = inspect.signature(handle).parameters

    def once(args: Args) -> None:
        records: Records = args.context["records"]
        ours = concerns(args.body["event"], args.context.bot_user_id)
        if ours and records.first_time(args.body["event_id"]):
            given = {**vars(args), **args.context}
            handle(**{name: given[name] for name in wanted})

    return once


def handle_error(
    error: Exception,
    body: Mapping[str, Any],
    respond: Respond,
    context: BoltContext,
    logger: Logger,
) -> None:
    """Log what went wrong under a reference, and tell the person no more than that reference."""
    reference = secrets.token_hex(4)
    logger.error("Request failed, reference %s", reference, exc_info=error)
    if records := context.get("records"):  # there is none yet where nobody was authorized
        records.observer.failed(_word_for(error))
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
    event = body.get("event")
    if event is None:  # a command, a button, a form, a shortcut
        if respond.response_url:
            thread = place_of(body).thread_ts
            yield partial(respond_privately, respond, context.client, message, thread_ts=thread)
        yield partial(tell_privately, context, message)
    elif _is_addressed(event, context):
        yield partial(post_reply, context, event, message)
        yield partial(tell_privately, context, message, event)


def _is_addressed(event: Mapping[str, Any], context: BoltContext) -> bool:
    """Whether whoever wrote a message waits for an answer: nobody else is to hear of a failure."""
    if event.get("type") not in {"app_mention", "message"} or not is_question(event):
        return False
    in_channel = event["type"] == "message" and event.get("channel_type") != "im"
    return not in_channel or bool(context.get("following"))


def _word_for(error: Exception) -> str:
    """Slack's own word where it refused something, `internal` where the fault is here."""
    return str(error.response["error"]) if isinstance(error, SlackApiError) else "internal"
