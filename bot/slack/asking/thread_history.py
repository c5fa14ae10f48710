"""A thread as Slack keeps it: no process remembers what was said."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from slack_sdk import WebClient

PAGE_SIZE = 200  # messages; the documentation of conversations.replies recommends no more
PAGES = 20
ENOUGH = 20  # messages tell whose turn it is, and what a question leans on
# Seconds before a message. Slack pages through any range from its oldest message on, so that the
# newest of a long thread are found by asking for a short range.
_RANGES = (3_600, 86_400, 30 * 86_400)

Said = dict[str, Any]


def read_thread(client: WebClient, event: Mapping[str, Any]) -> list[Said]:
    """The thread above an event, oldest first; of a long one the first page and the newest ones.

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
    """What was said in the last seconds before an event, up to `PAGES` pages."""
    oldest = f"{float(event['ts']) - seconds:.6f}"
    pages = islice(_replies(client, event, oldest), PAGES)
    return [said for page in pages for said in page["messages"]]


def _replies(client: WebClient, event: Mapping[str, Any], oldest: str | None = None) -> Any:
    """The first page, which iterates over all."""
    return client.conversations_replies(
        channel=event["channel"],
        ts=event["thread_ts"],
        latest=event["ts"],
        limit=PAGE_SIZE,
        oldest=oldest,
    )
