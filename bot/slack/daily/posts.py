"""The daily post in its channel: sent once, found again by its mark."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.answers import Highlight
from bot.daily import Gone, Mark, Outcome, Posted, Skip, Unsure, Wait
from bot.slack.connection.token_check import TOKEN_ERRORS
from bot.slack.daily.message import daily_message
from bot.slack.daily.words import ended
from bot.slack.sending.channels import was_refused
from bot.storage import Subscription

EVENT = "daily_takeaway"
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
_GONE_MEANWHILE = 1.0  # seconds until another is posted in the place of what has just gone
_WAIT = 30.0  # seconds, where Slack does not say
_LONGEST_WAIT = 86_400.0  # seconds, whatever Slack says
_MENDING = 60.0  # seconds between looks whether the token is mended
_PAGES, _PAGE = 20, 200

log = logging.getLogger(__name__)


class ChannelPosts:
    """Posts highlights, with a button to the quiz if there is a `quiz`.

    `highlights` and `quiz` are asked for each post anew, since episodes come and go.
    `client_for` gives what calls Slack for a subscription's workspace.
    It gives None where the app is not installed any more. Its clients retry nothing
    (`retry_handlers=[]`): what was cut off may have arrived, and a wait for a 429 inside the client
    would eat up the lease. The loop waits instead.
    """

    def __init__(
        self,
        client_for: Callable[[Subscription], WebClient | None],
        highlights: Callable[[], Sequence[Highlight]],
        *,
        quiz: Callable[[], bool],
    ) -> None:
        self._client_for, self._highlights, self._quiz = client_for, highlights, quiz
        self._named: dict[str, Highlight] = {}
        self._bots: dict[str, str] = {}

    def keys(self) -> Sequence[str]:
        """Return what there is to be posted by now; `post` takes what was last returned."""
        self._named = {highlight.key: highlight for highlight in self._highlights()}
        return tuple(self._named)

    def post(self, subscription: Subscription, item: str, mark: Mark) -> Outcome:
        """Post a highlight; what went wrong is sorted by whether it may have arrived.

        One whose episode has gone since its key was returned is not sent: another takes its place.
        """
        highlight = self._named.get(item)
        if highlight is None:
            return Wait(_GONE_MEANWHILE)
        answer_id = f"{mark.subscription_id}:{mark.local_date}"
        message = daily_message(highlight, answer_id, subscription.made_by, quiz=self._quiz())

        def send(client: WebClient) -> Outcome:
            sent = client.chat_postMessage(
                channel=subscription.channel_id,
                text=message["text"],
                blocks=message["blocks"],
                metadata=_metadata(mark),
                unfurl_links=False,
                unfurl_media=False,
            )
            return Posted(str(sent["ts"]))

        return self._call(subscription, send) or Unsure()

    def find(self, subscription: Subscription, mark: Mark, since: datetime) -> Outcome | None:
        """Look for the bot's post with a mark in the channel's history."""

        def look(client: WebClient) -> Outcome | None:
            ours = self._bot(client)
            for message in _history(client, subscription.channel_id, since):
                if message.get("bot_id") == ours and _bears(message, mark):
                    return Posted(str(message["ts"]))
            return None

        return self._call(subscription, look)

    def tell(self, subscription: Subscription, why: str) -> None:
        """Write to whoever turned the post on that it is off; what goes wrong is logged."""
        if subscription.made_by is None:
            return
        words = ended(subscription.channel_id, why)

        def send(client: WebClient) -> None:
            client.chat_postMessage(channel=subscription.made_by or "", **words)

        if outcome := self._call(subscription, send):
            log.warning("Whoever made %s is not told: %s", subscription.id, outcome)

    def _call(
        self, subscription: Subscription, call: Callable[[WebClient], Outcome | None]
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


def _metadata(mark: Mark) -> dict[str, Any]:
    payload = {"subscription": mark.subscription_id, "date": mark.local_date.isoformat()}
    return {"event_type": EVENT, "event_payload": payload}


def _bears(message: Mapping[str, Any], mark: Mark) -> bool:
    """Return whether a message has a mark, whatever else its metadata holds."""
    return _metadata(mark).items() <= (message.get("metadata") or {}).items()


def _history(client: WebClient, channel: str, since: datetime) -> Iterator[dict[str, Any]]:
    """Yield a channel's messages since a moment, newest first.

    Raises ValueError if there are so many that the post may be among those not seen.
    """
    cursor: str | None = None
    for _ in range(_PAGES):
        page = client.conversations_history(
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
    log.error("Slack refuses a daily post: %s", error)
    return Wait(_MENDING) if error in TOKEN_ERRORS else Skip(error)


def _retry_after(headers: Mapping[str, Any]) -> float:
    """Return the seconds that Slack wants to be left alone for."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    seconds = given if isinstance(given, str) else next(iter(given), "")
    return min(max(1.0, float(seconds)), _LONGEST_WAIT) if seconds.isdecimal() else _WAIT
