"""What was said above a message: what the bot knows of the thread, or else Slack's own copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import BotError
from bot.slack.asking.message_text import last_question
from bot.slack.asking.threads.turn_taking import Utterance, addressed, remembered, utterances
from bot.slack.requests.services import Services
from bot.storage import Asker

PAGE_SIZE = 200  # messages; the documentation of conversations.replies recommends no more
PAGES = 20
ENOUGH = 20  # messages tell whose turn it is, and what a question leans on
# Seconds before a message. Slack pages through any range from its oldest message on, so that the
# newest of a long thread are found by asking for a short range.
_RANGES = (3_600, 86_400, 30 * 86_400)
# What Slack says of threads that the bot may not read, such as those of Slack Connect.
_UNREADABLE = {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"}

Said = dict[str, Any]


class RationedError(BotError):
    """Slack lets the bot read no thread now.

    Apps that are distributed outside the Marketplace may read one a minute.
    https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
    """


@dataclass(frozen=True)
class ThreadHistory:
    """The thread above a message; it is read from Slack once, and only if nothing is kept of it."""

    event: Mapping[str, Any]
    context: BoltContext
    services: Services
    asker: Asker | None

    @cached_property
    def above(self) -> Sequence[Utterance]:
        """Return what was said above, oldest first.

        Raises what reading it from Slack raises.
        """
        if "thread_ts" not in self.event:
            return ()
        bot = self.context.bot_user_id
        if kept := self.services.thread_log.of_event(self.asker, self.event):
            return [one for one in remembered(kept, bot) if one.ts < self.event["ts"]]
        return [one for one in utterances(self._messages, bot) if one.ts < self.event["ts"]]

    @property
    def questions(self) -> Sequence[str]:
        """Return what the bot was asked; in a direct message, all that the person wrote."""
        if self.event.get("channel_type") == "im":
            ours = [one for one in self.above if one.move is not None]
        else:
            ours = addressed(self.above)
        return [one.text for one in ours if one.text]

    @property
    def last_question(self) -> str | None:
        """Return the last question that anybody asked; None if the thread cannot be read."""
        if not self._messages:
            return None
        return last_question(self._messages, self.event["ts"], self.context.bot_user_id)

    @cached_property
    def _messages(self) -> Sequence[Said]:
        try:
            return read_thread(self.context.client, self.event)
        except SlackApiError as refused:
            error = refused.response["error"]
            if error == "ratelimited":
                raise RationedError("conversations.replies") from refused
            if error not in _UNREADABLE:
                raise
            return ()


def read_thread(client: WebClient, event: Mapping[str, Any]) -> list[Said]:
    """Return a thread, oldest first; of a long one the first page and the newest messages.

    https://docs.slack.dev/reference/methods/conversations.replies
    Raises SlackApiError where the bot may not read it.
    """
    first = _replies(client, event)
    found = list(first["messages"])
    if not first.get("response_metadata", {}).get("next_cursor"):
        return found
    for seconds in _RANGES:
        newest = _newest(client, event, seconds)
        found += newest
        if len(newest) >= ENOUGH:
            break
    return sorted({said["ts"]: said for said in found}.values(), key=lambda said: said["ts"])


def _newest(client: WebClient, event: Mapping[str, Any], seconds: int) -> list[Said]:
    """Return what was said in the last seconds before an event, up to `PAGES` pages."""
    oldest = f"{float(event['ts']) - seconds:.6f}"
    pages = islice(_replies(client, event, oldest), PAGES)
    return [said for page in pages for said in page["messages"]]


def _replies(client: WebClient, event: Mapping[str, Any], oldest: str | None = None) -> Any:
    """Return the first page, which iterates over all."""
    return client.conversations_replies(
        channel=event["channel"],
        ts=event["thread_ts"],
        latest=event["ts"],
        limit=PAGE_SIZE,
        oldest=oldest,
    )
