"""The Bolt app: what every request passes before its listener."""

import inspect
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache
from typing import Any

from slack_bolt import Ack, App, Args, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.log_context import about
from bot.slack.asking.messages import concerns, delivery_id
from bot.slack.asking.threads.kept_turns import overhear
from bot.slack.connection.authorization import Authorize
from bot.slack.errors import handle_error
from bot.slack.listeners import LISTENERS, Listener
from bot.slack.listening.hearing import hear
from bot.slack.requests.asker import asker_of, is_shared
from bot.slack.requests.fair_executor import FairExecutor, submit_for
from bot.slack.requests.payload import kind_of
from bot.slack.requests.rate_limit import limit_message
from bot.slack.requests.services import Services

_NOT_INSTALLED = (
    "This bot is not installed in your workspace any more. Ask an admin to install it again."
)
# Requests acknowledged with an empty body. Views acknowledge themselves; Bolt acknowledges events.
_ANSWERED_LATER = frozenset({"command", "action", "shortcut"})
_WORKERS = 5  # Bolt's own number of listener threads
# Seconds in which a search is to be complete, and acknowledged only then:
# https://docs.slack.dev/enterprise-search/developing-apps-with-search-features#handling-events
_SEARCH = 10
_IN_LINE = 5  # seconds after which a form is tried again; chosen by hand: a few calls to Slack


def build_app(
    services: Services,
    *,
    authorize: Authorize,
    signing_secret: str,
    client: WebClient,
    executor: Executor | None = None,
) -> App:
    """Build the app; `authorize` finds a workspace's token with its first request.

    `client` lends its address, time-out and retry handlers, and should carry no token of its own.
    `executor` runs the listeners; without one there are as many threads as Bolt would have.
    """

    def authorized(context: BoltContext) -> AuthorizeResult | None:
        team_id = None if context.is_enterprise_install else context.team_id
        return authorize(context.enterprise_id, team_id)

    fair = FairExecutor(executor or ThreadPoolExecutor(_WORKERS))
    app = App(
        # Otherwise Bolt reads the caller's source to find one. Not `bot`: Bolt sets the level of
        # the logger by this name.
        name="podcast-answer-bot",
        signing_secret=signing_secret,
        client=client,
        authorize=authorized,  # type: ignore[arg-type]  # None refuses, as Bolt documents
        listener_executor=fair,
        user_facing_authorize_error_message=_NOT_INSTALLED,
    )
    app.use(_provide(services, fair))
    app.error(handle_error)
    for listener in LISTENERS:
        _listen(app, listener)
    return app


def _listen(app: App, listener: Listener) -> None:
    kind, name, handle = listener
    if kind == "search":
        listen = app.function(name, auto_acknowledge=False, ack_timeout=_SEARCH)
        listen(_acknowledge_done(_once(handle)))
        return
    middleware = [_acknowledge] if kind in _ANSWERED_LATER else []
    wrap = _once if kind in {"event", "function"} else _keep_acknowledged
    getattr(app, kind)(name, middleware=middleware)(wrap(handle))


def _provide(services: Services, fair: FairExecutor) -> Callable[..., BoltResponse | None]:
    """Hand every listener what it works with and who asks; give that person a share of workers."""

    def provide(
        context: BoltContext, body: Mapping[str, Any], next_: Callable[[], None]
    ) -> BoltResponse | None:
        asker = asker_of(context, body)
        context["services"] = services.in_workspace(asker.team_id if asker else None)
        context["asker"] = asker
        context["is_shared"] = is_shared(body, asker)
        person = (asker.team_id, asker.user_id) if asker else context.user_id
        if (fields := _form_fields(body)) and fair.keeps_waiting(person):
            return _refuse_form(fields[0])
        submit_for(person)
        about.set(f"{asker.team_id if asker else 'no workspace'} {kind_of(body)}")
        next_()
        return None

    return provide


def _form_fields(body: Mapping[str, Any]) -> list[str]:
    """Return the inputs of a form that is sent; nothing for any other request."""
    if body.get("type") != "view_submission":
        return []
    return list(body["view"].get("state", {}).get("values", {}))


def _refuse_form(field: str) -> BoltResponse:
    """Leave a form open: its acknowledgement would wait in line, and a thread of Bolt's with it."""
    errors = {field: limit_message(_IN_LINE)["text"]}
    return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})


def _acknowledge(ack: Ack, next_: Callable[[], None]) -> None:
    """Acknowledge before a worker is free: Slack waits for 3 seconds, whatever the queue."""
    ack()
    next_()


def _once(handle: Callable[..., None]) -> Callable[[Args], None]:
    """Handle once what Slack delivers several times; it is acknowledged each time.

    What cannot be for the bot, such as most of what is said in channels, is not looked up.
    """

    def once(args: Args) -> None:
        services: Services = args.context["services"]
        _call(hear, args)
        if not concerns(args.body["event"], args.context.bot_user_id):
            _call(overhear, args)
        elif services.dedup.is_new(delivery_id(args.body, args.context.bot_user_id)):
            _call(handle, args)

    return once


def _keep_acknowledged(handle: Callable[..., None]) -> Callable[[Args], None]:
    """Keep the acknowledgement of a listener that fails after it.

    Bolt looks for it every 10 ms, and takes it back if the listener fails meanwhile: the person
    would read that the app did not respond (`slack_bolt.listener.thread_runner`, 1.30).
    """

    def kept(args: Args) -> None:
        try:
            _call(handle, args)
        except Exception as error:
            if args.ack.response is None:
                raise
            handle_error(error, args.body, args.respond, args.context, args.logger)

    return kept


def _acknowledge_done(handle: Callable[[Args], None]) -> Callable[[Args], None]:
    """Acknowledge a search once it is complete, or has failed for good."""

    def done(args: Args) -> None:
        try:
            handle(args)
        except Exception as error:  # noqa: BLE001 (as in `_keep_acknowledged`, Bolt loses the ack)
            handle_error(error, args.body, args.respond, args.context, args.logger)
        finally:
            args.ack()

    return done


def _call(handle: Callable[..., None], args: Args) -> None:
    """Call a listener with the arguments that it names, as Bolt does."""
    given = {**vars(args), **args.context}
    handle(**{name: given[name] for name in _wanted(handle)})


@cache
def _wanted(handle: Callable[..., None]) -> tuple[str, ...]:
    return tuple(inspect.signature(handle).parameters)
