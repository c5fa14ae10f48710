"""What answers other assistants: on the standard streams, and as a part of the site."""

import logging
import signal
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from bot.bootstrap.extras import require
from bot.bootstrap.parts import links, warming_up
from bot.bootstrap.process import start_logging
from bot.bootstrap.reloading import following, watched

if TYPE_CHECKING:
    from flask import Blueprint

    from bot.answers import Answerer
    from bot.settings import Settings

# They log every request at INFO, and at DEBUG what stands in it.
_TALKATIVE = ("mcp", "httpx2")
# From one address, in each process. Chosen by hand: an office of thirty, ten requests each.
_PER_MINUTE = 300


def mcp(settings: "Settings") -> None:
    """Answer an assistant on standard input and output, until it closes them.

    Raises BotError where the extra is missing, or no episode can be read.
    """
    start_logging(settings.log_level or "WARNING")
    prepare_mcp()
    from bot.mcp import Podcast, build_server, serve_stdio

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl-C waits for a line on standard input
    watcher = watched(settings)
    with warming_up(watcher.answering), following(watcher):
        serve_stdio(build_server(Podcast(watcher.answering, links(settings))))


def prepare_mcp() -> None:
    """Keep what assistants ask out of the log; raises BotError where the extra is missing."""
    require("mcp", "MCP")
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def mcp_endpoint(
    settings: "Settings", answering: "Answerer"
) -> "AbstractContextManager[Blueprint | None]":
    """Return the part of the site that answers assistants; None without MCP_TOKEN.

    Whoever has the token may ask, and so may Slackbot: Slack signs its requests.
    """
    if not settings.mcp_token:
        return nullcontext()
    from slack_sdk.signature import SignatureVerifier

    from bot.mcp import Podcast, build_server
    from bot.mcp.http import endpoint
    from bot.web.callers import is_bearer, is_signed
    from bot.web.pages import Visitors

    token = settings.secret("MCP_TOKEN")
    verifier = SignatureVerifier(settings.secret("SLACK_SIGNING_SECRET"))
    return endpoint(
        build_server(Podcast(answering, links(settings))),
        is_allowed=lambda: is_bearer(token) or is_signed(verifier),
        wait=Visitors(_PER_MINUTE).wait,
        public_url=settings.secret("PUBLIC_URL") if settings.public_url else None,
    )
