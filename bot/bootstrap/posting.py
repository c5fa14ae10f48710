"""The daily post, alone or beside something else."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.bootstrap.parts import POSTERS, check_credentials, identify, store
from bot.bootstrap.process import forget, start_logging, stop_signal
from bot.bootstrap.reloading import following, watched

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.answers import Answerer
    from bot.daily import Loop
    from bot.settings import Settings
    from bot.storage import Store, Subscription

# A post's lease in time-outs of a call: no request is under way for so long, not even one that
# trickles in after this process gave up on it.
LEASE = 6

log = logging.getLogger("bot")


def daily(settings: "Settings", *, once: bool = False) -> None:
    """Post what is due until SIGTERM or SIGINT, or `once` what is due now.

    Raises SettingError for credentials that are missing or malformed, StoreError where the
    database is not ready, and with `once` BotError where a post failed.
    """
    start_logging(settings.log_level or "INFO")
    check_credentials(settings)
    forget("SLACK_")
    identify(settings)
    stop = stop_signal()
    with closing(store(settings)) as kept:
        watcher = watched(settings)
        loop = posting_loop(settings, watcher.answering, kept)
        if once:
            loop.once(stop)
            return
        log.info("Posting what is due")
        with following(watcher):
            loop.run(stop)


@contextmanager
def posting_beside(loop: "Loop", stop: Event) -> Iterator[None]:
    """Run the loop beside something else; running posts are finished at the end."""
    thread = Thread(target=loop.run, args=(stop,), name="daily")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def posting_loop(settings: "Settings", answering: "Answerer", kept: "Store") -> "Loop":
    """Return what posts daily, and deletes what has been kept for long enough."""
    from bot.daily import Loop, Posting, Terms
    from bot.slack.daily.posts import ChannelPosts
    from bot.slack.quiz.form import has_quiz

    terms = Terms(
        lease=timedelta(seconds=LEASE * settings.slack_timeout),
        grace=timedelta(minutes=settings.daily_grace),
    )
    channels = ChannelPosts(
        _client_for(settings, kept),
        lambda: answering.highlights,
        quiz=lambda: has_quiz(answering),
    )
    retention = timedelta(days=settings.retention_days)
    return Loop(
        kept,
        Posting(kept, channels, channels.keys, terms),
        POSTERS,
        clean_up=lambda now: kept.clean_up(now, kept=retention),
    )


def _client_for(
    settings: "Settings", kept: "Store"
) -> Callable[["Subscription"], "WebClient | None"]:
    """Return what posts to a subscription's channel: once, whatever comes of it."""
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
