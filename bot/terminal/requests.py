"""What Slack sends when a person types or presses a button, signed as Slack signs it."""

import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest
from slack_sdk.signature import SignatureVerifier

USER = "U000000000Y"
CHANNEL = "C0000000001"
DIRECT = "D0000000001"
_APP = "A0000000001"
_TEAM = "T0000000001"


class Requests:
    """Makes requests that an app with this signing secret takes for Slack's own."""

    def __init__(self, signing_secret: str) -> None:
        self._signer = SignatureVerifier(signing_secret)
        self._numbers = itertools.count(1)

    def command(self, name: str, text: str, response_url: str) -> BoltRequest:
        """Return a slash command, used in the channel."""
        fields = {
            "command": name,
            "text": text,
            "user_id": USER,
            "user_name": "you",
            "channel_id": CHANNEL,
            "channel_name": "podcast",
            "team_id": _TEAM,
            "api_app_id": _APP,
            "response_url": response_url,
            "trigger_id": f"{next(self._numbers)}.1",
        }
        return self._form(fields)

    def mention(self, text: str, ts: str, thread_ts: str | None) -> BoltRequest:
        """Return a message in the channel that mentions the bot."""
        return self._event({"type": "app_mention", "channel": CHANNEL, "text": text}, ts, thread_ts)

    def direct(self, text: str, ts: str, thread_ts: str | None) -> BoltRequest:
        """Return a direct message to the bot."""
        event = {"type": "message", "channel_type": "im", "channel": DIRECT, "text": text}
        return self._event(event, ts, thread_ts)

    def press(
        self, button: dict[str, Any], response_url: str, *, ephemeral: bool = True
    ) -> BoltRequest:
        """Return a press of a message's button, without the message as for an ephemeral one."""
        return self._press(
            button,
            channel={"id": CHANNEL, "name": "podcast"},
            container={
                "type": "message",
                "channel_id": CHANNEL,
                "message_ts": f"{time.time():.0f}.{next(self._numbers):06d}",
                "is_ephemeral": ephemeral,
            },
            response_url=response_url,
        )

    def press_in_view(self, button: dict[str, Any], view: dict[str, Any]) -> BoltRequest:
        """Return a button of a modal."""
        return self._press(button, container={"type": "view", "view_id": view["id"]}, view=view)

    def submit(self, view: dict[str, Any], state: dict[str, Any]) -> BoltRequest:
        """Return a modal that is sent with what is filled in."""
        payload = {
            "type": "view_submission",
            "user": {"id": USER, "username": "you", "team_id": _TEAM},
            "api_app_id": _APP,
            "team": {"id": _TEAM, "domain": "example"},
            "trigger_id": f"{next(self._numbers)}.1",
            "view": view | {"state": state},
        }
        return self._form({"payload": json.dumps(payload)})

    def _press(self, button: dict[str, Any], **place: Any) -> BoltRequest:
        action = {"type": "button", "block_id": "buttons", "action_ts": f"{time.time():.6f}"}
        payload = {
            "type": "block_actions",
            "user": {"id": USER, "username": "you", "team_id": _TEAM},
            "api_app_id": _APP,
            "team": {"id": _TEAM, "domain": "example"},
            "trigger_id": f"{next(self._numbers)}.1",
            "actions": [action | button],
            **place,
        }
        return self._form({"payload": json.dumps(payload)})

    def _event(self, event: dict[str, Any], ts: str, thread_ts: str | None) -> BoltRequest:
        spoken = {"user": USER, "ts": ts, "event_ts": ts, "team": _TEAM}
        body = {
            "type": "event_callback",
            "event_id": f"Ev{next(self._numbers):010}",
            "event_time": int(time.time()),
            "team_id": _TEAM,
            "api_app_id": _APP,
            "event": event | spoken | ({"thread_ts": thread_ts} if thread_ts else {}),
        }
        return self._signed(json.dumps(body), "application/json")

    def _form(self, fields: dict[str, str]) -> BoltRequest:
        return self._signed(urlencode(fields), "application/x-www-form-urlencoded")

    def _signed(self, body: str, content_type: str) -> BoltRequest:
        now = str(int(time.time()))
        signature = self._signer.generate_signature(timestamp=now, body=body)
        return BoltRequest(
            body=body,
            headers={
                "content-type": content_type,
                "x-slack-request-timestamp": now,
                "x-slack-signature": signature or "",
            },
        )


def as_sent(text: str) -> str:
    """Return what Slack does to typed text before it sends it on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
