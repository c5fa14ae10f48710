"""A thread as Slack pages through it. Pure."""

from collections.abc import Sequence
from typing import Any


def replies_page(messages: Sequence[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
    """The part of a thread that a call asks for: any range of it from its oldest message on.

    `messages` are the thread, oldest first; its root stands at the head of every first page.
    https://docs.slack.dev/reference/methods/conversations.replies
    """
    oldest, latest = float(body.get("oldest") or 0), float(body.get("latest") or "inf")
    root, *replies = messages
    found = [root, *(one for one in replies if oldest < float(one["ts"]) < latest)]
    start = int(body.get("cursor") or 0)
    end = start + int(body.get("limit") or 1_000)
    more = end < len(found)
    after = {"response_metadata": {"next_cursor": str(end)}} if more else {}
    return {"messages": found[start:end], "has_more": more, **after}
