"""People in a workspace: whole payloads to the app, signed HTTP or as Socket Mode brings them."""

import itertools
import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.terminal import StandIn
from tests.fakes.slack import FakeSlack

Mode = Literal["http", "socket_mode"]

USER = "U0000ALEXA"
CHANNEL = "C0GENERAL"
DIRECT = "D0DIRECT"

_numbers = itertools.count(1)


class Workspace:
    """What people do, as the requests that Slack makes of it.

    `executor` is the one the app runs its listeners on, so that `settle` can wait for them.
    """

    def __init__(
        self, app: App, slack: FakeSlack, executor: ThreadPoolExecutor, mode: Mode
    ) -> None:
        self.app = app
        self.slack = slack
        self.mode: Mode = mode
        self._executor = executor

    def settle(self) -> None:
        """Wait until all that the last person asked is done; the executor has one thread."""
        self.app.listener_runner.listener_executor.submit(lambda: None).result(timeout=10)

    def command(self, text: str = "", **fields: str) -> BoltResponse:
        """Type `/llm …`."""
        return self.send_form(command_payload(self.slack, text, **fields))

    def mention(self, text: str, **fields: Any) -> BoltResponse:
        """Post a message with `@llm` in a channel; `text` holds the mention as `@llm`."""
        marked = text.replace("@llm", f"<@{self.slack.bot_user_id}>")
        return self.send_json(mention_payload(self.slack, marked, **fields))

    def direct(self, text: str, **fields: Any) -> BoltResponse:
        """Write to the bot alone."""
        return self.send_json(event_payload(self.slack, direct_message(text, **fields)))

    def press(self, button: dict[str, Any], **fields: Any) -> BoltResponse:
        """Press a button of a message that only this person sees."""
        payload = {
            "type": "block_actions",
            "user": {"id": USER, "team_id": self.slack.team_id},
            "team": {"id": self.slack.team_id, "domain": "example"},
            "channel": {"id": CHANNEL, "name": "general"},
            "container": {
                "type": "message",
                "message_ts": timestamp(),
                "channel_id": CHANNEL,
                "is_ephemeral": True,
            },
            "response_url": self.slack.response_url(),
            "trigger_id": "1.2.3",
            "actions": [{"type": "button", "block_id": "b", "action_ts": timestamp(), **button}],
            **fields,
        }
        return self.interact(payload)

    def press_in_view(self, button: dict[str, Any], view: dict[str, Any]) -> BoltResponse:
        """Press a button of a modal, which has neither channel nor response URL."""
        held = {"id": "V0000000001", "type": "modal", **view}
        payload = {
            "type": "block_actions",
            "user": {"id": USER, "team_id": self.slack.team_id},
            "team": {"id": self.slack.team_id, "domain": "example"},
            "container": {"type": "view", "view_id": held["id"]},
            "view": held,
            "trigger_id": "1.2.3",
            "actions": [{"type": "button", "block_id": "b", "action_ts": timestamp(), **button}],
        }
        return self.interact(payload)

    def submit(self, view: dict[str, Any], **filled: dict[str, Any]) -> BoltResponse:
        """Send a form with what is filled in: by the name of each input, its state."""
        states = {name: {name: state} for name, state in filled.items()}
        payload = {
            "type": "view_submission",
            "user": {"id": USER, "team_id": self.slack.team_id},
            "team": {"id": self.slack.team_id, "domain": "example"},
            "trigger_id": "1.2.3",
            "view": {"id": "V0000000001", "type": "modal", **view, "state": {"values": states}},
        }
        return self.interact(payload)

    def shortcut(
        self, callback_id: str, message: dict[str, Any] | None = None, **fields: Any
    ) -> BoltResponse:
        """Use a shortcut: of a message in the channel, or a global one."""
        payload: dict[str, Any] = {
            "type": "message_action" if message else "shortcut",
            "callback_id": callback_id,
            "user": {"id": USER, "team_id": self.slack.team_id},
            "team": {"id": self.slack.team_id, "domain": "example"},
            "trigger_id": "1.2.3",
        }
        if message:
            payload |= {
                "channel": {"id": CHANNEL, "name": "general"},
                "message": message,
                "message_ts": message.get("ts"),
                "response_url": self.slack.response_url(),
            }
        return self.interact(payload | fields)

    def step(self, callback_id: str, inputs: dict[str, Any], **fields: Any) -> BoltResponse:
        """Have a workflow come to a step."""
        event = {
            "type": "function_executed",
            "function": {"id": "Fn1", "callback_id": callback_id, "type": "app"},
            "inputs": inputs,
            "function_execution_id": "Fx1",
            "workflow_execution_id": "Wx1",
            "event_ts": timestamp(),
            "bot_access_token": self.slack.token,
        }
        return self.send_json(event_payload(self.slack, event) | fields)

    def event(self, kind: str, *, team_id: str | None = None, **fields: Any) -> BoltResponse:
        """Something that happens to the workspace as a whole."""
        payload = event_payload(self.slack, {"type": kind, **fields})
        return self.send_json(payload | ({"team_id": team_id} if team_id else {}))

    def interact(self, payload: dict[str, Any]) -> BoltResponse:
        """Deliver what a button, a form or a shortcut brings."""
        if self.mode == "socket_mode":
            return self.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        return self.send_form({"payload": json.dumps(payload)})

    def send_form(self, payload: dict[str, str]) -> BoltResponse:
        """Deliver what Slack sends as a form."""
        if self.mode == "socket_mode":
            return self.app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        return self.app.dispatch(signed(urlencode(payload)))

    def send_json(
        self, payload: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> BoltResponse:
        """Deliver an event; `headers` such as `x-slack-retry-num` come with it either way."""
        given: dict[str, str | Sequence[str]] = dict(headers or {})
        if self.mode == "socket_mode":
            return self.app.dispatch(BoltRequest(body=payload, headers=given, mode="socket_mode"))
        typed = {"content-type": "application/json", **(headers or {})}
        return self.app.dispatch(signed(json.dumps(payload), headers=typed))


def signed(
    body: str,
    *,
    headers: Mapping[str, str] | None = None,
    secret: str = FakeSlack.signing_secret,
    age: float = 0,
) -> BoltRequest:
    """An HTTP request as Slack signs it; `age` in seconds."""
    sent = str(int(time.time() - age))
    verifier = SignatureVerifier(secret)
    given: dict[str, str | Sequence[str]] = {
        "content-type": "application/x-www-form-urlencoded",
        **(headers or {}),
        "x-slack-request-timestamp": sent,
        "x-slack-signature": verifier.generate_signature(timestamp=sent, body=body) or "",
    }
    return BoltRequest(body=body, headers=given)


def command_request(slack: StandIn, text: str) -> BoltRequest:
    """`/llm text` over HTTP."""
    return signed(urlencode(command_payload(slack, text)))


def mention_request(slack: StandIn, text: str) -> BoltRequest:
    """`@llm text` over HTTP."""
    return signed_json(mention_payload(slack, f"<@{slack.bot_user_id}> {text}"))


def signed_json(payload: dict[str, Any]) -> BoltRequest:
    """An event over HTTP."""
    return signed(json.dumps(payload), headers={"content-type": "application/json"})


def command_payload(slack: StandIn, text: str, **fields: str) -> dict[str, str]:
    """A slash command's form."""
    return {
        "command": "/llm",
        "text": text,
        "response_url": slack.response_url(),
        "trigger_id": "1.2.3",
        "team_id": slack.team_id,
        "team_domain": "example",
        "channel_id": CHANNEL,
        "channel_name": "general",
        "user_id": USER,
        "user_name": "alexa",
        "api_app_id": "A0000000001",
        **fields,
    }


def mention_payload(slack: StandIn, text: str, **fields: Any) -> dict[str, Any]:
    """An `app_mention` event; `text` as Slack marks it up."""
    event = {
        "type": "app_mention",
        "channel": CHANNEL,
        "user": USER,
        "text": text,
        "ts": timestamp(),
        **fields,
    }
    return event_payload(slack, event | {"event_ts": event["ts"]})


def direct_message(text: str, **fields: Any) -> dict[str, Any]:
    """A `message.im` event."""
    message = {
        "type": "message",
        "channel": DIRECT,
        "channel_type": "im",
        "user": USER,
        "text": text,
        "ts": timestamp(),
        **fields,
    }
    return message | {"event_ts": message["ts"]}


def told(workspace: Workspace, typed: str, **fields: str) -> str:
    """What `/llm …` tells its person alone."""
    before = len(private(workspace))
    assert workspace.command(typed, **fields).status == 200
    workspace.settle()
    [answer] = private(workspace)[before:]
    assert answer["response_type"] == "ephemeral"
    said: str = answer["text"]
    return said


def private(workspace: Workspace) -> list[dict[str, Any]]:
    """What was answered to commands and to messages that one person sees."""
    return [call.body for call in workspace.slack.calls if call.method == "response_url"]


def event_payload(slack: StandIn, event: dict[str, Any]) -> dict[str, Any]:
    """An event in its envelope, with an id of its own."""
    return {
        "type": "event_callback",
        "team_id": slack.team_id,
        "api_app_id": "A0000000001",
        "event": event,
        "event_id": f"Ev{next(_numbers):09d}",
        "event_time": int(time.time()) + 1,
        "authorizations": [
            {"team_id": slack.team_id, "user_id": slack.bot_user_id, "is_bot": True}
        ],
    }


def timestamp() -> str:
    """A message's `ts`, later than all before."""
    return f"{int(time.time()) + 1}.{next(_numbers):06d}"
