"""The parts that commands are made of, each built from the settings."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from pathlib import Path

    from slack_sdk import WebClient

    from bot.answers import Answerer
    from bot.episodes import Library
    from bot.links import Links
    from bot.settings import Settings
    from bot.slack import Policy
    from bot.storage import Store

# What installing in many workspaces takes.
OAUTH = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "PUBLIC_URL", "TOKEN_KEYS")
POSTERS = 8  # posts of each kind that are under way at once: daily, new episodes, unasked

_LEAVE = 10.0  # seconds; chosen by hand: models and languages take two, an episode two

log = logging.getLogger("bot")


def answerer(settings: "Settings", *, forks: bool = False) -> "Answerer":
    """Return what answers questions from the knowledge folder.

    What cannot be read is logged and left out; raises BotError where nothing is left. No model is
    loaded for a process that `forks`: what is forked of it would be aborted at its end. What tells
    languages apart is, for all of them to share.
    """
    from bot.answers import AT_ONCE, load_languages, ready
    from bot.episodes import load

    library = load(settings.knowledge_dir, settings.cache_dir)
    tell_faults(library)
    if not library.episodes:
        raise BotError(_no_episode(settings.knowledge_dir))
    if forks:
        load_languages()
    at_once = 0 if forks else AT_ONCE
    return ready(library, settings.knowledge_dir, settings.cache_dir, at_once)


def _no_episode(folder: "Path") -> str:
    """Return why nothing can be answered, and how to change that."""
    if folder.is_dir() and all(path.name.startswith(".") for path in folder.iterdir()):
        return (
            f"There is no episode in {folder} yet. Fetch some with `python -m bot follow URL`, or "
            "put a transcript there, then start again."
        )
    return (
        f"There is no readable episode in {folder}: a transcript, or a folder with one; "
        "`python -m bot check` says what is wrong with them."
    )


def tell_faults(library: "Library") -> None:
    """Log what of a library cannot be read."""
    for fault in library.faults:
        log.warning("%s", fault)


@contextmanager
def warming_up(answering: "Answerer") -> Iterator[None]:
    """Load beside the start what the first question, and the first daily post, would wait for.

    Then have the encoder see what it has not seen yet. An end waits for what is being loaded: a
    process that ends while a model is, is aborted.
    """
    ended = Event()

    def warm() -> None:
        answering.warm(ended.is_set)
        if not ended.is_set():
            _ = answering.highlights
            answering.encode(ended.is_set)

    thread = Thread(target=warm, name="warm-up", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_LEAVE)


def store(settings: "Settings") -> "Store":
    """Return what the bot keeps; raises StoreError if the database is not ready."""
    from bot.storage import Store

    # The loops that post and the listeners share the connections of a process.
    return Store.open(
        settings.database_url, keys=settings.keys, connections=settings.workers + 3 * POSTERS
    )


def slack_client(settings: "Settings") -> "WebClient":
    """Return what calls Slack; each request brings its token.

    No retry of a cut connection, slack_sdk's default: a post that had arrived would come twice.
    """
    from slack_sdk import WebClient

    from bot.slack.sending.retries import retry_handlers

    return WebClient(
        base_url=settings.slack_api_url,
        timeout=settings.slack_timeout,
        retry_handlers=retry_handlers(),
    )


def links(settings: "Settings") -> "Links":
    """Return what makes the addresses of pages; there are none without PUBLIC_URL."""
    from bot.links import Links

    url = settings.secret("PUBLIC_URL") if settings.public_url else None
    return Links(url, settings.pages, settings.link_keys)


def policy(settings: "Settings") -> "Policy":
    """Return what the operator has decided."""
    from bot.slack import Policy

    team, _, channel = (settings.human_channel or "").rpartition("/")
    return Policy(
        daily_by=settings.daily_by,
        retention_days=settings.retention_days,
        human_channel=channel or None,
        human_team=team or None,
        rate_limit=settings.rate_limit,
    )


def check_credentials(settings: "Settings") -> None:
    """Raise SettingError if there is neither the one workspace's token nor all of OAuth's."""
    from bot.settings import setting_error

    if settings.slack_bot_token:
        settings.secret("SLACK_BOT_TOKEN")
    elif settings.slack_client_id or settings.slack_client_secret:
        for key in OAUTH:
            settings.secret(key)
        if "/" not in (settings.human_channel or "/"):
            what = "names a channel of one workspace; with many, write T0123456789/C0123456789"
            raise setting_error("HUMAN_CHANNEL", what)
    else:
        raise setting_error(
            "SLACK_BOT_TOKEN",
            f"is missing; for one workspace set it, for many set {', '.join(OAUTH)} in its stead",
        )


def identify(settings: "Settings") -> None:
    """Say in the log whom the one workspace's token makes the bot; a wrong one ends the process.

    A Slack that is unwell does not: it may be well again when the first request comes.
    """
    from bot.settings import setting_error
    from bot.slack.connection.token_check import UnwellError, identify

    if settings.slack_bot_token is None:
        return
    token = settings.secret("SLACK_BOT_TOKEN")
    try:
        who = identify(slack_client(settings), token, partial(setting_error, "SLACK_BOT_TOKEN"))
    except UnwellError as error:
        log.warning("%s", error)
    else:
        log.info("This is @%s in %s", who["user"], who["team"])
