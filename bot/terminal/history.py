"""A channel's history as Slack pages through it. Pure."""

from collections.abc import Sequence
from typing import Any

_PAGE = 100  # messages, as Slack gives them where no `limit` is asked for


def history_page(messages: Sequence[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
    """Return the part of `messages`, which come oldest first, that a call asks for: newest first.

    `body` has `oldest`, `limit`, `cursor` and `include_all_metadata`, as text where a form brings
    them. Replies in threads are no part of a channel's history.
    https://docs.slack.dev/reference/methods/conversations.history
    """
    oldest, start = float(body.get("oldest", 0)), int(body.get("cursor") or 0)
    end = start + int(body.get("limit", _PAGE))
    found = [one for one in reversed(messages) if _is_root(one) and float(one["ts"]) > oldest]
    shown = found[start:end]
    if str(body.get("include_all_metadata", "")).lower() not in {"1", "true"}:
        shown = [{k: v for k, v in one.items() if k != "metadata"} for one in shown]
    more = end < len(found)
    after = {"response_metadata": {"next_cursor": str(end)}} if more else {}
    return {"messages": shown, "has_more": more, **after}


def _is_root(message: dict[str, Any]) -> bool:
    root: bool = message.get("thread_ts", message["ts"]) == message["ts"]
    return root
