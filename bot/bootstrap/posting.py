"""What is posted, alone or beside something else: takeaways, new episodes, answers unasked."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.bootstrap.feeds import feed_turn, looking_beside
from bot.bootstrap.parts import POSTERS, check_credentials, identify, links, store
from bot.bootstrap.process import forget, start_logging, stop_signal
from bot.bootstrap.reloading import following, watched

if TYPE_CHECKING:
    from bot.answers import Answerer
    from bot.posting import Loop, Subscriber
    from bot.settings import Settings
    from bot.slack.posting.once import ClientFor
    from bot.storage import Store

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
        if once:
            # Before the folder is read, so that what comes is posted too.
            feed_turn(settings, kept).once(stop)
        watcher = watched(settings)
        loops = posting_loops(settings, watcher.answering, kept)
        if once:
            with ExitStack() as every:  # what goes wrong in one hinders no other
                for loop in reversed(loops):
                    every.callback(loop.once, stop)
            return
        log.info("Posting what is due")
        turn = feed_turn(settings, kept, watcher.hasten)
        with following(watcher), posting_beside(loops, stop), looking_beside(turn, stop):
            stop.wait()


@contextmanager
def posting_beside(loops: "Sequence[Loop]", stop: Event) -> Iterator[None]:
    """Run loops beside something else; running posts are finished at the end."""
    threads = [Thread(target=loop.run, args=(stop,), name="posting") for loop in loops]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def posting_loops(settings: "Settings", answering: "Answerer", kept: "Store") -> "Sequence[Loop]":
    """Return what posts daily, what tells of new episodes, and what answers unasked."""
    client_for = _client_for(settings, kept)
    return (
        _daily_loop(settings, answering, kept, client_for),
        _news_loop(settings, answering, kept, client_for),
        _listening_loop(settings, answering, kept, client_for),
    )


def _daily_loop(
    settings: "Settings", answering: "Answerer", kept: "Store", client_for: "ClientFor"
) -> "Loop":
    """Return what posts daily, and deletes what has been kept for long enough."""
    from bot.daily import Posting
    from bot.posting import Loop, Terms
    from bot.slack.blocks.ways import Ways
    from bot.slack.daily.posts import ChannelPosts
    from bot.slack.quiz.form import has_quiz

    terms = Terms(_lease(settings), timedelta(minutes=settings.daily_grace))
    channels = ChannelPosts(
        client_for,
        lambda: answering.highlights,
        quiz=lambda: has_quiz(answering),
        ways=Ways(links(settings)),
    )
    retention = timedelta(days=settings.retention_days)
    return Loop(
        kept.subscriptions,
        Posting(kept, channels, channels.keys, terms),
        POSTERS,
        what="daily posts",
        clean_up=lambda now: kept.clean_up(now, kept=retention),
    )


def _news_loop(
    settings: "Settings", answering: "Answerer", kept: "Store", client_for: "ClientFor"
) -> "Loop":
    """Return what tells channels of new episodes, once those are read."""
    from bot.announcing import GRACE, Posting
    from bot.posting import Loop, Terms
    from bot.slack.announcing.posts import ChannelNews

    channels = ChannelNews(client_for, answering, links(settings))
    poster = Posting(kept, channels, channels.knows, Terms(_lease(settings), GRACE))
    return Loop(kept.announcements, poster, POSTERS, what="cards for new episodes")


def _listening_loop(
    settings: "Settings", answering: "Answerer", kept: "Store", client_for: "ClientFor"
) -> "Loop":
    """Return what answers the questions of channels that nobody has replied to."""
    from bot.listening import GRACE, Posting
    from bot.posting import Loop, Terms
    from bot.slack.blocks.ways import Ways
    from bot.slack.listening.posts import ChannelAnswers

    channels = ChannelAnswers(client_for, answering, kept, Ways(links(settings)))
    poster = Posting(kept, channels, channels.is_sure, Terms(_lease(settings), GRACE))
    return Loop(kept.listening, poster, POSTERS, what="unasked answers")


def _lease(settings: "Settings") -> timedelta:
    return timedelta(seconds=LEASE * settings.slack_timeout)


def _client_for(settings: "Settings", kept: "Store") -> "ClientFor":
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

    def client_for(subscription: "Subscriber") -> WebClient | None:
        team_id = None if subscription.is_enterprise_install else subscription.team_id
        bot = workspaces.bot(subscription.enterprise_id, team_id)
        return client(bot.bot_token) if bot else None

    return client_for
