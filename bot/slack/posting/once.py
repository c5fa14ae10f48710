"""A post in its channel: sent once, found again by its metadata."""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.posting import Gone, Outcome, Posted, Skip, Subscriber, Unsure, Wait
from bot.slack.blocks.message import Message
from bot.slack.connection.token_check import TOKEN_ERRORS
from bot.slack.sending.channels import was_refused

# https://docs.slack.dev/reference/methods/chat.postMessage#errors: what no later post can get past.
_GONE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "team_access_not_granted",
        "team_not_found",
    }
)
_GONE_BY_RULE = "restricted_action"  # also as restricted_action_read_only_channel and the like
_LIMITED = frozenset({"rate_limited", "ratelimited"})
_WAIT = 30.0  # seconds, where Slack does not say
_LONGEST_WAIT = 86_400.0  # seconds, whatever Slack says
_MENDING = 60.0  # seconds between looks whether the token is mended
_PAGES, _PAGE = 20, 200

# What calls Slack for a subscription's workspace; None where the app is not installed any more.
ClientFor = Callable[[Subscriber], WebClient | None]
Metadata = Mapping[str, Any]

log = logging.getLogger(__name__)


class Sender:
    """Sends, finds and tells, for one subscription at a time.

    The clients of `client_for` retry nothing (`retry_handlers=[]`): what was cut off may have
    arrived, and a wait for a 429 inside the client would eat up the lease. The loop waits instead.
    """

    def __init__(self, client_for: ClientFor) -> None:
        self._client_for = client_for
        self._bots: dict[str, str] = {}

    def send(
        self,
        subscription: Subscriber,
        message: Message,
        metadata: Metadata,
        thread_ts: str | None = None,
    ) -> Outcome:
        """Post a message, in a thread if one is given.

        What went wrong is sorted by whether it may have arrived.
        """

        def send(client: WebClient) -> Outcome:
            sent = client.chat_postMessage(
                channel=subscription.channel_id,
                thread_ts=thread_ts,
                text=message["text"],
                blocks=message["blocks"],
                metadata=dict(metadata),
                unfurl_links=False,
                unfurl_media=False,
            )
            return Posted(str(sent["ts"]))

        return self.call(subscription, send) or Unsure()

    def find(
        self,
        subscription: Subscriber,
        metadata: Metadata,
        since: datetime,
        thread_ts: str | None = None,
    ) -> Outcome | None:
        """Look for the bot's post with these metadata in the channel's history, or in a thread."""

        def look(client: WebClient) -> Outcome | None:
            ours = self._bot(client)
            for message in _history(client, subscription.channel_id, since, thread_ts):
                if message.get("bot_id") == ours and _bears(message, metadata):
                    return Posted(str(message["ts"]))
            return None

        return self.call(subscription, look)

    def tell(self, subscription: Subscriber, words: Message) -> None:
        """Write to whoever made a subscription; what goes wrong is logged."""
        if subscription.made_by is None:
            return

        def send(client: WebClient) -> None:
            client.chat_postMessage(channel=subscription.made_by or "", **words)

        if outcome := self.call(subscription, send):
            log.warning("Whoever made %s is not told: %s", subscription.id, outcome)

    def call(
        self, subscription: Subscriber, call: Callable[[WebClient], Outcome | None]
    ) -> Outcome | None:
        """Make a call and return what it comes to, whatever goes wrong in it."""
        client = self._client_for(subscription)
        if client is None:
            return Gone("uninstalled")
        try:
            return call(client)
        except SlackApiError as refused:
            return _refusal(refused)
        except (SlackClientError, OSError, HTTPException, ValueError, KeyError) as broken:
            log.warning("No answer from Slack for %s: %s", subscription.id, type(broken).__name__)
            return Unsure()

    def _bot(self, client: WebClient) -> str:
        """Return the id that the bot's own messages bear."""
        token = client.token or ""
        if token not in self._bots:
            self._bots[token] = str(client.auth_test()["bot_id"])
        return self._bots[token]


def _bears(message: Mapping[str, Any], metadata: Metadata) -> bool:
    """Return whether a message has these metadata, whatever else stands beside them."""
    return metadata.items() <= (message.get("metadata") or {}).items()


def _history(
    client: WebClient, channel: str, since: datetime, thread_ts: str | None
) -> Iterator[dict[str, Any]]:
    """Yield a channel's messages since a moment, newest first, or those of a thread.

    Raises ValueError if there are so many that the post may be among those not seen.
    """
    look = (
        partial(client.conversations_replies, ts=thread_ts)
        if thread_ts
        else client.conversations_history
    )
    cursor: str | None = None
    for _ in range(_PAGES):
        page = look(
            channel=channel,
            oldest=f"{since.timestamp():.6f}",
            limit=_PAGE,
            cursor=cursor,
            include_all_metadata=True,
        )
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
    raise ValueError("a channel's history is too long to look through")


def _refusal(refused: SlackApiError) -> Outcome:
    """Return what a refusal means for a post.

    For 429 see https://docs.slack.dev/apis/web-api/rate-limits.
    """
    response, error = refused.response, str(refused.response.get("error"))
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or error in _LIMITED:
        return Wait(_retry_after(response.headers))
    if not was_refused(refused):
        return Unsure()
    if error in _GONE or error.startswith(_GONE_BY_RULE):
        return Gone(error)
    # A token that is wrong or lacks a scope, blocks that Slack refuses: the operator's affair.
    log.error("Slack refuses a post: %s", error)
    return Wait(_MENDING) if error in TOKEN_ERRORS else Skip(error)


def _retry_after(headers: Mapping[str, Any]) -> float:
    """Return the seconds that Slack wants to be left alone for."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    seconds = given if isinstance(given, str) else next(iter(given), "")
    return min(max(1.0, float(seconds)), _LONGEST_WAIT) if seconds.isdecimal() else _WAIT
