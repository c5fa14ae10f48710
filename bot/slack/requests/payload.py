"""Where a button was pressed, read from Slack's payload. Pure.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class ButtonOrigin(NamedTuple):
    """The message that holds a button, and its thread; one person alone sees an `ephemeral` one."""

    channel_id: str
    ts: str
    thread_ts: str | None
    ephemeral: bool

    @property
    def is_private(self) -> bool:
        """Whether nobody else sees it: a direct message, an ephemeral one."""
        return self.ephemeral or self.channel_id.startswith("D")


def button_origin(body: Mapping[str, Any]) -> ButtonOrigin:
    """Where the button of a message was pressed; a view has neither channel nor time."""
    held = body.get("container") or {}
    return ButtonOrigin(
        channel_id=str(held.get("channel_id") or ""),
        ts=str(held.get("message_ts") or ""),
        thread_ts=held.get("thread_ts"),
        ephemeral=bool(held.get("is_ephemeral")),
    )


def kind_of(body: Mapping[str, Any]) -> str:
    """Name what a request is, as Slack does: an event, a command, a button, a form, a shortcut."""
    event, view = body.get("event") or {}, body.get("view") or {}
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    names = (
        event.get("type"),
        body.get("command"),
        action.get("action_id"),
        body.get("callback_id"),
        view.get("callback_id"),
    )
    return next((str(name) for name in names if name), "request")
