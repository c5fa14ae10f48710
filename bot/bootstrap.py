"""From settings to objects that work together: the one place that builds them.

What a command needs is imported when it runs, so that `ask` never loads Slack.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from flask import Flask
    from slack_bolt import App
    from slack_sdk import WebClient

    from bot.answers import Answerer
    from bot.daily import Loop
    from bot.reports import Report
    from bot.settings import Settings
    from bot.slack import Rules
    from bot.storage import Store, Subscription

# What installing in many workspaces takes.
_OAUTH = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "PUBLIC_URL", "TOKEN_KEYS")
POSTERS = 8  # daily posts that are under way at once
# A post's lease in time-outs of a call: no request is under way for so long, not even one that
# trickles in after this process gave up on it.
LEASE = 6

log = logging.getLogger("bot")


def answerer(settings: "Settings") -> "Answerer":
    """What answers questions from the knowledge folder.

    What cannot be read is logged and left out; raises BotError where nothing is left.
    """
    from bot.answers import ready
    from bot.episodes import load

    library = load(settings.knowledge_dir)
    for fault in library.faults:
        log.warning("%s", fault)
    if not library.episodes:
        raise BotError(
            f"There is no readable episode in {settings.knowledge_dir}. Each has a folder with "
            "transcript.md and episode.yaml; `python -m bot check` says what is wrong with them."
        )
    return ready(library, settings.knowledge_dir)


def chat(settings: "Settings") -> None:
    """Talk to the bot on the standard streams; what it keeps is in memory."""
    from bot.slack import Records
    from bot.storage import Store
    from bot.terminal import chat as talk

    _start_logging(settings.log_level or "WARNING", tracebacks=settings.log_level == "DEBUG")
    _forget("SLACK_", "HTTP_PROXY", "HTTPS_PROXY")  # what goes to this process needs no proxy
    talk(answerer(settings), Records(Store.open()), sys.stdin, sys.stdout)


def socket(settings: "Settings") -> None:
    """Answer a workspace over Socket Mode and post daily, until SIGTERM or SIGINT.

    Raises SettingError for credentials that are missing or refused, BotError where Slack cannot
    be reached, is unwell, or the app lacks a scope.
    """
    from bot.settings import setting_error
    from bot.slack import Records, build_app, one_workspace
    from bot.slack.socket_mode import serve
    from bot.storage import QuestionWriter

    _start_logging(settings.log_level or "INFO")
    bot_token, app_token = map(settings.secret, ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
    _forget("SLACK_")
    client = _client(settings)
    stop = _stop_signal()
    answering = answerer(settings)
    with (
        closing(store(settings)) as kept,
        closing(QuestionWriter(kept.questions)) as writer,
        ExitStack() as beside,
    ):

        def build(executor: "Executor") -> "App":
            """Called once Slack has taken both tokens: no day is skipped for a wrong one."""
            beside.enter_context(_posting(_loop(settings, answering, kept), stop))
            return build_app(
                answering,
                Records(kept, writer=writer),
                authorize=one_workspace(client, bot_token),
                signing_secret="",
                client=client,
                executor=executor,
                rules=_rules(settings),
            )

        serve(
            build,
            bot_token=bot_token,
            app_token=app_token,
            client=client,
            workers=settings.workers,
            stop=stop,
            refuse=setting_error,
        )


def web(settings: "Settings") -> None:
    """Answer over HTTP until SIGTERM: one workspace, or as many as install the app.

    Raises SettingError for credentials that are missing or malformed, StoreError where the
    database is not ready.
    """
    from bot.slack.retries import LONGEST_WAIT

    _start_logging(settings.log_level or "INFO")
    settings.secret("SLACK_SIGNING_SECRET")
    _check_credentials(settings)
    if settings.metrics_token:
        settings.secret("METRICS_TOKEN")
    _forget("SLACK_", "WEB_CONCURRENCY")
    # Only now: gunicorn reads that last one when it is imported, and fails where it is empty.
    from bot.web import serve

    _identify(settings)
    store(settings).close()  # brings SQLite up to date; no connection may live through a fork
    answering = answerer(settings)
    serve(
        lambda: _site(settings, answering),
        host=settings.host,
        port=settings.port,
        processes=settings.web_concurrency,
        threads=2 * settings.workers,
        grace=3 * (settings.slack_timeout + LONGEST_WAIT),  # a call and both its retries
        log_level=settings.log_level or "INFO",
    )


def _check_credentials(settings: "Settings") -> None:
    """Raises SettingError where there is neither the one workspace's token nor all of OAuth's."""
    from bot.settings import setting_error

    if settings.slack_bot_token:
        settings.secret("SLACK_BOT_TOKEN")
    elif settings.slack_client_id or settings.slack_client_secret:
        for key in _OAUTH:
            settings.secret(key)
    else:
        raise setting_error(
            "SLACK_BOT_TOKEN",
            f"is missing; for one workspace set it, for many set {', '.join(_OAUTH)} in its stead",
        )


def _identify(settings: "Settings") -> None:
    """Say in the log whom the one workspace's token makes the bot; a wrong one ends the process.

    A Slack that is unwell does not: it may be well again when the first request comes.
    """
    from bot.settings import setting_error
    from bot.slack.identity import UnwellError, identify

    if settings.slack_bot_token is None:
        return
    token = settings.secret("SLACK_BOT_TOKEN")
    try:
        who = identify(_client(settings), token, partial(setting_error, "SLACK_BOT_TOKEN"))
    except UnwellError as error:
        log.warning("%s", error)
    else:
        log.info("This is @%s in %s", who["user"], who["team"])


@contextmanager
def _site(settings: "Settings", answering: "Answerer") -> Iterator["Flask"]:
    """What one process of `web` serves; when it is left, running answers are finished first."""
    from bot.slack import ManyWorkspaces, Records, build_app, one_workspace
    from bot.storage import Cipher, Database, QuestionWriter, Store
    from bot.web import AppCredentials, Readiness, Site, build_site, installing
    from bot.web.metrics import Metrics

    # Not opened by `store`: a process that starts while the database is away answers all the same.
    database = Database(settings.database_url, connections=settings.workers + POSTERS)
    kept = Store.on(database, Cipher(settings.keys))
    client, rules = _client(settings), _rules(settings)
    signing_secret = settings.secret("SLACK_SIGNING_SECRET")
    if settings.slack_bot_token:
        authorize, pages = one_workspace(client, settings.secret("SLACK_BOT_TOKEN")), None
    else:
        credentials = AppCredentials(*map(settings.secret, _OAUTH[:3]))
        authorize = ManyWorkspaces(kept.installations(credentials.client_id))
        pages = installing(credentials, kept, client, retention_days=settings.retention_days)
    metrics = Metrics(kept.posts.counts)
    with (
        closing(kept),
        closing(QuestionWriter(kept.questions)) as writer,
        ThreadPoolExecutor(settings.workers, thread_name_prefix="listener") as executor,
    ):
        yield build_site(
            Site(
                app=build_app(
                    answering,
                    Records(kept, metrics, writer=writer),
                    authorize=authorize,
                    signing_secret=signing_secret,
                    client=client,
                    executor=executor,
                    rules=rules,
                ),
                signing_secret=signing_secret,
                readiness=Readiness(
                    {"database": kept.ping, "index": lambda: answering.topic("podcast")}
                ),
                metrics=metrics,
                metrics_token=settings.metrics_token,
                installing=pages,
            )
        )


def daily(settings: "Settings", *, once: bool = False) -> None:
    """Post what is due until SIGTERM or SIGINT, or `once` what is due now.

    Raises SettingError for credentials that are missing or malformed, StoreError where the
    database is not ready, and with `once` BotError where a post failed.
    """
    _start_logging(settings.log_level or "INFO")
    _check_credentials(settings)
    _forget("SLACK_")
    _identify(settings)
    stop = _stop_signal()
    with closing(store(settings)) as kept:
        loop = _loop(settings, answerer(settings), kept)
        if once:
            loop.once(stop)
        else:
            log.info("Posting what is due")
            loop.run(stop)


@contextmanager
def _posting(loop: "Loop", stop: Event) -> Iterator[None]:
    """Run the loop beside something else; running posts are finished at the end."""
    thread = Thread(target=loop.run, args=(stop,), name="daily")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _loop(settings: "Settings", answering: "Answerer", kept: "Store") -> "Loop":
    """What posts daily, and deletes what has been kept for long enough."""
    from bot.daily import Loop, Posting, Terms
    from bot.slack.daily_posts import ChannelPosts

    terms = Terms(
        lease=timedelta(seconds=LEASE * settings.slack_timeout),
        grace=timedelta(minutes=settings.daily_grace),
    )
    highlights = answering.highlights
    channels = ChannelPosts(_client_for(settings, kept), highlights)
    keys = [highlight.key for highlight in highlights]
    retention = timedelta(days=settings.retention_days)
    return Loop(
        kept,
        Posting(kept, channels, keys, terms),
        POSTERS,
        clean_up=lambda now: kept.clean_up(now, kept=retention),
    )


def _client_for(
    settings: "Settings", kept: "Store"
) -> Callable[["Subscription"], "WebClient | None"]:
    """What posts to a subscription's channel: once, whatever comes of it."""
    from slack_sdk import WebClient

    from bot.slack import ManyWorkspaces

    def client(token: str | None) -> WebClient:
        return WebClient(
            token,
            base_url=settings.slack_api_url,
            timeout=settings.slack_timeout,
            retry_handlers=[],
        )

    if settings.slack_bot_token:
        only = client(settings.secret("SLACK_BOT_TOKEN"))
        return lambda _subscription: only
    # A token that was replaced would cost a channel its post; one look a post is cheap.
    workspaces = ManyWorkspaces(kept.installations(settings.secret("SLACK_CLIENT_ID")), fresh=0)

    def client_for(subscription: "Subscription") -> WebClient | None:
        team_id = None if subscription.is_enterprise_install else subscription.team_id
        bot = workspaces.bot(subscription.enterprise_id, team_id)
        return client(bot.bot_token) if bot else None

    return client_for


def report(settings: "Settings", days: int) -> "Report":
    """What was asked in the last days; raises StoreError where the database is not ready."""
    from bot.reports import build
    from bot.settings import setting_error

    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file).exists():
        raise setting_error("DATABASE_URL", f"names {file}, which is not there: nothing was kept")
    with closing(store(settings)) as kept:
        return build(kept, datetime.now(UTC) - timedelta(days=days))


def migrate(settings: "Settings") -> str:
    """Bring the database's tables up to date and encrypt its secrets with the newest key.

    Says what was done. Raises StoreError where the database cannot be reached.
    """
    from bot.storage import Cipher, Database, Store, upgrade

    database = Database(settings.database_url)
    with closing(database):
        upgrade(database)
        renewed = Store.on(database, Cipher(settings.keys)).workspaces.renew()
    secrets = "1 secret is" if renewed == 1 else f"{renewed} secrets are"
    how = "encrypted with the newest key" if settings.keys else "kept as plain text: set TOKEN_KEYS"
    return f"The tables are up to date; {secrets} {how}."


def store(settings: "Settings") -> "Store":
    """What the bot keeps; raises StoreError where the database is not ready."""
    from bot.storage import Store

    # The loop of daily posts and the listeners share the connections of a process.
    return Store.open(
        settings.database_url, keys=settings.keys, connections=settings.workers + POSTERS
    )


def _client(settings: "Settings") -> "WebClient":
    """What calls Slack; each request brings its token.

    No retry of a cut connection, slack_sdk's default: a post that had arrived would come twice.
    """
    from slack_sdk import WebClient

    from bot.slack.retries import retry_handlers

    return WebClient(
        base_url=settings.slack_api_url,
        timeout=settings.slack_timeout,
        retry_handlers=retry_handlers(),
    )


def _rules(settings: "Settings") -> "Rules":
    from bot.slack import Rules

    return Rules(
        daily_by=settings.daily_by,
        retention_days=settings.retention_days,
        human_channel=settings.human_channel,
        rate_limit=settings.rate_limit,
    )


def _stop_signal() -> Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stop = Event()

    def handle(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop


def _forget(*prefixes: str) -> None:
    """Drop variables from the environment that Bolt and slack_sdk would read by themselves."""
    for key in [key for key in os.environ if key.upper().startswith(prefixes)]:
        del os.environ[key]


def _start_logging(level: str, *, tracebacks: bool = True) -> None:
    """Log to standard error from `level` on."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every look at the tables
    # Below INFO it writes down what Slack answers, tokens among it.
    logging.getLogger("slack_sdk").setLevel(max(logging.getLevelName(level), logging.INFO))
    if not tracebacks:
        for handler in logging.root.handlers:
            handler.addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave the message, whose reference finds the traceback at the level DEBUG."""
    record.exc_info = None
    return True
