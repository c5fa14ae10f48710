"""What answers people: in a terminal, over Socket Mode, over HTTP."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from bot.bootstrap.feeds import feed_turn, looking_beside
from bot.bootstrap.mcp import mcp_endpoint, prepare_mcp
from bot.bootstrap.parts import (
    OAUTH,
    POSTERS,
    answerer,
    check_credentials,
    identify,
    links,
    policy,
    slack_client,
    store,
    warming_up,
)
from bot.bootstrap.pointing import pointing
from bot.bootstrap.posting import posting_beside, posting_loops
from bot.bootstrap.process import forget, start_logging, stop_signal
from bot.bootstrap.reloading import Watcher, following, freeze_loaded, watched

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from flask import Blueprint, Flask
    from slack_bolt import App

    from bot.settings import Settings
    from bot.storage import Store


def chat(settings: "Settings") -> None:
    """Talk to the bot on the standard streams; what it keeps is in memory."""
    from bot.slack import Policy, Services
    from bot.storage import Store
    from bot.terminal import chat as talk

    start_logging(settings.log_level or "WARNING", tracebacks=settings.log_level == "DEBUG")
    forget("SLACK_", "HTTP_PROXY", "HTTPS_PROXY")  # what goes to this process needs no proxy
    with pointing(settings) as pointed:
        services = Services.of(
            answerer(settings),
            Store.open(),
            Policy(rate_limit="off"),  # there is nobody to take turns with
            links=links(settings),
            pointing=pointed,
        )
        talk(services, sys.stdin, sys.stdout)


def socket(settings: "Settings") -> None:
    """Answer a workspace over Socket Mode and post daily, until SIGTERM or SIGINT.

    Raises SettingError for credentials that are missing or refused, BotError where Slack cannot
    be reached, is unwell, or the app lacks a scope.
    """
    from bot.settings import setting_error
    from bot.slack import Services, build_app, one_workspace
    from bot.slack.connection.socket_mode import serve
    from bot.storage import BatchWriter

    start_logging(settings.log_level or "INFO")
    bot_token, app_token = map(settings.secret, ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
    forget("SLACK_")
    client = slack_client(settings)
    stop = stop_signal()
    watcher = watched(settings)
    answering = watcher.answering
    with (
        closing(store(settings)) as kept,
        closing(BatchWriter(kept.questions, kept.thread_turns)) as writer,
        pointing(settings, kept) as pointed,
        ExitStack() as beside,
    ):

        def build(executor: "Executor") -> "App":
            """Build the app once Slack has taken both tokens: no day is skipped for a wrong one."""
            beside.enter_context(warming_up(answering))
            beside.enter_context(following(watcher))
            beside.enter_context(posting_beside(posting_loops(settings, answering, kept), stop))
            beside.enter_context(looking_beside(feed_turn(settings, kept, watcher.hasten), stop))
            app = build_app(
                Services.of(
                    answering,
                    kept,
                    policy(settings),
                    writer=writer,
                    links=links(settings),
                    pointing=pointed,
                ),
                authorize=one_workspace(client, bot_token),
                signing_secret="",
                client=client,
                executor=executor,
            )
            freeze_loaded()
            return app

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
    from bot.slack.sending.retries import LONGEST_WAIT

    start_logging(settings.log_level or "INFO")
    settings.secret("SLACK_SIGNING_SECRET")
    check_credentials(settings)
    if settings.metrics_token:
        settings.secret("METRICS_TOKEN")
    if settings.mcp_token:
        settings.secret("MCP_TOKEN")
        prepare_mcp()
    forget("SLACK_", "WEB_CONCURRENCY")
    # Only now: gunicorn reads that last one when it is imported, and fails where it is empty.
    from bot.web import serve

    with pointing(settings):  # its settings are wrong here, if they are, and not in each process
        pass
    identify(settings)
    store(settings).close()  # brings SQLite up to date; no connection may live through a fork
    watcher = watched(settings, forks=True)
    serve(
        lambda: _site(settings, watcher),
        host=settings.host,
        port=settings.port,
        processes=settings.web_concurrency,
        threads=2 * settings.workers,
        grace=3 * (settings.slack_timeout + LONGEST_WAIT),  # a call and both its retries
        log_level=settings.log_level or "INFO",
    )


@contextmanager
def _site(settings: "Settings", watcher: Watcher) -> Iterator["Flask"]:
    """Yield what one process of `web` serves; running answers are finished at the end.

    Each process follows the knowledge folder by itself.
    """
    from bot.slack import ManyWorkspaces, Services, build_app, one_workspace
    from bot.storage import BatchWriter, Cipher, Database, Store
    from bot.web import AppCredentials, Readiness, Site, build_site, installing, reading_pages
    from bot.web.metrics import Metrics

    # Not opened by `store`: a process that starts while the database is away answers all the same.
    database = Database(settings.database_url, connections=settings.workers + POSTERS)
    kept = Store.on(database, Cipher(settings.keys))
    answering = watcher.answering
    client = slack_client(settings)
    signing_secret = settings.secret("SLACK_SIGNING_SECRET")
    if settings.slack_bot_token:
        authorize, pages = one_workspace(client, settings.secret("SLACK_BOT_TOKEN")), None
    else:
        credentials = AppCredentials(*map(settings.secret, OAUTH[:3]))
        authorize = ManyWorkspaces(kept.installations(credentials.client_id))
        pages = installing(
            credentials,
            kept,
            client,
            retention_days=settings.retention_days,
            has_pages=settings.has_pages,
        )
    metrics = Metrics(kept.posts.counts)
    with (
        closing(kept),
        warming_up(answering),
        closing(BatchWriter(kept.questions, kept.thread_turns)) as writer,
        pointing(settings, kept) as pointed,  # until the last listener has ended
        ThreadPoolExecutor(settings.workers, thread_name_prefix="listener") as executor,
        following(watcher),
        mcp_endpoint(settings, answering) as mcp,
    ):
        yield build_site(
            Site(
                app=build_app(
                    Services.of(
                        answering,
                        kept,
                        policy(settings),
                        observer=metrics,
                        writer=writer,
                        links=links(settings),
                        pointing=pointed,
                    ),
                    authorize=authorize,
                    signing_secret=signing_secret,
                    client=client,
                    executor=executor,
                ),
                signing_secret=signing_secret,
                readiness=Readiness(
                    {
                        "database": kept.ping,
                        "index": lambda: answering.finder.search.scores("podcast", "podcast"),
                    },
                    impaired=lambda: answering.fault,
                ),
                metrics=metrics,
                metrics_token=settings.metrics_token,
                installing=pages,
                pages=reading_pages(answering, links(settings)) if settings.has_pages else None,
                insights=_insights(settings, watcher, kept) if settings.has_pages else None,
                mcp=mcp,
            )
        )


def _insights(settings: "Settings", watcher: Watcher, kept: "Store") -> "Blueprint":
    """Return the page on which owners see what was asked."""
    from bot.web import Sources, insights

    days = settings.retention_days
    return insights(Sources(links(settings), kept, lambda: watcher.answering.library, days))
