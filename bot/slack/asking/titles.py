"""What a conversation with the bot is called in its list of conversations."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.slack.blocks.elements import escape_within
from bot.slack.sending.replies import FAILURES

TITLE = 60  # characters: as much as a list of conversations shows

log = logging.getLogger(__name__)


def name_thread(client: WebClient, event: Mapping[str, Any], question: str) -> None:
    """Call a conversation by the question that began it; it is of use without a name."""
    if not question:
        return
    title = thread_title(question)
    try:
        client.assistant_threads_setTitle(
            channel_id=event["channel"], thread_ts=event["ts"], title=title
        )
    except FAILURES as error:
        log.warning("A conversation has no name: %s", type(error).__name__)


def thread_title(question: str) -> str:
    """A question on one line, in which nothing acts. Pure."""
    return escape_within(" ".join(question.split()), TITLE)
