"""From settings to objects that work together: the one place that builds them.

What a command needs is imported when it runs, so that `ask` never loads Slack.
"""

import logging
import os
import sys
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.answers import Answerer
    from bot.settings import Settings

SLACK_TIMEOUT = 10  # seconds: a person waits

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
    """Talk to the bot on the standard streams."""
    from bot.terminal import chat as talk

    _start_logging(settings.log_level or "WARNING", tracebacks=settings.log_level == "DEBUG")
    _forget("SLACK_", "HTTP_PROXY", "HTTPS_PROXY")  # what goes to this process needs no proxy
    talk(answerer(settings), sys.stdin, sys.stdout)


def socket(settings: "Settings") -> None:
    """Answer a workspace over Socket Mode until SIGTERM or SIGINT.

    Raises SettingError for credentials that are missing or refused, BotError where Slack cannot
    be reached, is unwell, or the app lacks a scope.
    """
    from slack_sdk import WebClient

    from bot.settings import setting_error
    from bot.slack.retries import ShortWaitRetryHandler
    from bot.slack.socket_mode import serve

    _start_logging(settings.log_level or "INFO")
    bot_token, app_token = map(settings.secret, ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
    _forget("SLACK_")
    # No retry of a cut connection, slack_sdk's default: a post that had arrived would come twice.
    client = WebClient(
        base_url=settings.slack_api_url,
        timeout=SLACK_TIMEOUT,
        retry_handlers=[ShortWaitRetryHandler(max_retry_count=2)],
    )
    serve(
        answerer(settings),
        bot_token=bot_token,
        app_token=app_token,
        client=client,
        workers=settings.workers,
        refuse=setting_error,
    )


def _forget(*prefixes: str) -> None:
    """Drop variables from the environment that Bolt and slack_sdk would read by themselves."""
    for key in [key for key in os.environ if key.upper().startswith(prefixes)]:
        del os.environ[key]


def _start_logging(level: str, *, tracebacks: bool = True) -> None:
    """Log to standard error from `level` on."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if not tracebacks:
        for handler in logging.root.handlers:
            handler.addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave the message, whose reference finds the traceback at the level DEBUG."""
    record.exc_info = None
    return True
