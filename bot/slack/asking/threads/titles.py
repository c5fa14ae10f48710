"""What a conversation with the bot is called in its list of conversations."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.elements import escape_within
from bot.slack.sending.replies import FAILURES

# Chosen by hand: about as much as a list of conversations shows; Slack takes 200 characters.
TITLE = 60
# What Slack says where agent sessions are not there: to old servers, tokens and workspaces.
_NO_SESSIONS = frozenset({"feature_not_enabled", "not_allowed_token_type", "unknown_method"})

log = logging.getLogger(__name__)


def name_thread(client: WebClient, event: Mapping[str, Any], question: str) -> None:
    """Call a conversation by the question that begins it; it is of use without a name.

    A title is given with the session's beginning alone. Slack ignores it for a session that is
    there, so that the title which a person chose stays:
    https://docs.slack.dev/reference/methods/agents.sessions.setStatus#arg_title
    """
    channel, ts, title = event["channel"], event["ts"], thread_title(question)
    try:
        client.agents_sessions_setStatus(
            channel_id=channel, thread_ts=ts, status="active", title=title
        )
    except SlackApiError as refused:
        error = refused.response["error"]
        if error in _NO_SESSIONS:
            _name_as_assistant(client, channel, ts, title)
        else:
            log.warning("A conversation in %s has no name: %s", channel, error)
    except FAILURES as error:
        log.warning("A conversation in %s has no name: %s", channel, type(error).__name__)


def thread_title(question: str) -> str:
    """Return a question on one line, in which nothing acts. Pure."""
    return escape_within(" ".join(question.split()), TITLE)


def _name_as_assistant(client: WebClient, channel: str, ts: str, title: str) -> None:
    """Use the method that came before sessions, which Slack ends in February 2027."""
    try:
        client.assistant_threads_setTitle(channel_id=channel, thread_ts=ts, title=title)
    except FAILURES as error:
        log.warning("A conversation in %s has no name: %s", channel, type(error).__name__)
