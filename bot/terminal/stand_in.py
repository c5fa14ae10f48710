"""A stand-in for Slack in this process: as much of its Web API as a conversation needs."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from bot.terminal.history import history_page
from bot.terminal.loopback import Call, LoopbackServer, Reply

Handler = Callable[[Call], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot says: `blocks` as they came; `ephemeral` is seen by one person only."""

    text: str
    blocks: Sequence[dict[str, Any]]
    ephemeral: bool


class StandIn:
    """Slack on the loopback; `handlers` maps a method of its Web API to what serves it.

    `channels` maps a channel's id to its `messages`, oldest first, and to whether the bot
    `is_member`; it may be `is_archived`. A channel nobody has spoken in yet comes into being; ids
    that begin with G are private. `people` holds what `users.info` says beside the usual.
    A handler returns its part of the answer and may raise `RefusedError`.
    """

    team_id = "T0000000001"
    bot_id = "B0000000001"
    bot_user_id = "U0000000BOT"

    def __init__(self) -> None:
        self.channels: dict[str, dict[str, Any]] = {}
        self.people: dict[str, dict[str, Any]] = {}
        self.handlers: dict[str, Handler] = {
            "agents.sessions.setStatus": lambda _call: {},
            "assistant.threads.setSuggestedPrompts": lambda _call: {},
            "assistant.threads.setTitle": lambda _call: {},
            "auth.test": self._auth_test,
            "chat.getPermalink": _permalink,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.postMessage": self._post_message,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.join": self._join,
            "conversations.replies": self._replies,
            "response_url": self._respond,
            "users.info": self._person,
            "views.open": self._view,
            "views.push": self._view,
            "views.update": self._view,
        }
        self._listeners: list[Callable[[Message], None]] = []
        self._numbers = itertools.count(1)
        self._server = LoopbackServer(self.answer)

    def __enter__(self) -> Self:
        # The poll only bounds how long closing takes; requests never wait for it.
        poll = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The base address of the Web API, for `WebClient(base_url=…)`."""
        return f"{self._server.origin}/api/"

    def response_url(self) -> str:
        """Return a fresh address to respond to."""
        return f"{self._server.origin}/response/{next(self._numbers)}"

    def on_message(self, listener: Callable[[Message], None]) -> None:
        """Have `listener` called with every message of the bot, on the server's thread."""
        self._listeners.append(listener)

    def say(self, channel: str, text: str, *, user: str, thread_ts: str | None = None) -> str:
        """Have `user` say something in a channel; returns its timestamp."""
        message = {"user": user, "text": text}
        return self._keep(channel, message | ({"thread_ts": thread_ts} if thread_ts else {}))

    def answer(self, call: Call) -> Reply:
        """Serve one call the way Slack does: errors are `ok: false` with status 200."""
        try:
            handler = self.handlers.get(call.method, _unknown_method)
            return Reply({"ok": True} | handler(call))
        except RefusedError as refused:
            return refused.reply

    def _auth_test(self, _call: Call) -> dict[str, Any]:
        return {
            "url": "https://example.slack.com/",
            "team": "Example",
            "team_id": self.team_id,
            "user": "llm",
            "user_id": self.bot_user_id,
            "bot_id": self.bot_id,
        }

    def _post_message(self, call: Call) -> dict[str, Any]:
        self._show(call, ephemeral=False)
        sent = {"user": self.bot_user_id, "bot_id": self.bot_id, **_content(call.body)}
        ts = self._keep(call.body["channel"], sent)
        return {"channel": call.body["channel"], "ts": ts, "message": sent | {"ts": ts}}

    def _post_ephemeral(self, call: Call) -> dict[str, Any]:
        self._show(call, ephemeral=True)
        return {"message_ts": self._next_ts()}

    def _update(self, call: Call) -> dict[str, Any]:
        channel, ts = call.body["channel"], call.body["ts"]
        for message in self._messages(channel):
            if message["ts"] == ts:
                message.update(_content(call.body))
                self._show(call, ephemeral=False)
                return {"channel": channel, "ts": ts, "text": message["text"]}
        raise RefusedError("message_not_found")

    def _history(self, call: Call) -> dict[str, Any]:
        return history_page(self._messages(call.body["channel"]), call.body)

    def _join(self, call: Call) -> dict[str, Any]:
        channel = call.body["channel"]
        if channel.startswith("G"):
            raise RefusedError("method_not_supported_for_channel_type")
        place = self.channels.setdefault(channel, {"messages": []})
        if place.get("is_archived"):
            raise RefusedError("is_archived")
        place["is_member"] = True
        return {"channel": {"id": channel, "is_member": True}}

    def _person(self, call: Call) -> dict[str, Any]:
        user = {"id": call.body["user"], "team_id": self.team_id, "name": "someone"}
        usual = {"tz": "Europe/Berlin", "is_admin": False, "is_owner": False, "is_bot": False}
        return {"user": user | usual | self.people.get(call.body["user"], {})}

    def _view(self, call: Call) -> dict[str, Any]:
        return {"view": {"id": f"V{next(self._numbers):010}", **call.body["view"]}}

    def _replies(self, call: Call) -> dict[str, Any]:
        """Return the thread that `ts` is the root of, oldest first, without paging."""
        root = call.body["ts"]
        messages = self._messages(call.body["channel"])
        thread = [m for m in messages if root in (m["ts"], m.get("thread_ts"))]
        if not thread:
            raise RefusedError("thread_not_found")
        return {"messages": thread, "has_more": False}

    def _respond(self, call: Call) -> dict[str, Any]:
        if not call.body.get("delete_original"):
            self._show(call, ephemeral=call.body.get("response_type") != "in_channel")
        return {}

    def _show(self, call: Call, *, ephemeral: bool) -> None:
        message = Message(call.body.get("text", ""), call.body.get("blocks") or (), ephemeral)
        for listener in self._listeners:
            listener(message)

    def _messages(self, channel: str) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.channels.get(channel, {}).get("messages", [])
        return messages

    def _keep(self, channel: str, message: dict[str, Any]) -> str:
        ts = self._next_ts()
        place = self.channels.setdefault(channel, {"is_member": True, "messages": []})
        place["messages"].append({"type": "message", "ts": ts} | message)
        return ts

    def _next_ts(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06d}"


class RefusedError(Exception):
    """A call that Slack refuses; `reply` is how it says so."""

    def __init__(self, error: str, *details: str, status: int = 200, **headers: str) -> None:
        super().__init__(error, *details)
        self.error = error
        self.details = details
        messages = {"response_metadata": {"messages": list(details)}} if details else {}
        body = {"ok": False, "error": error} | messages
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.reply = Reply(body, status, named)


def _permalink(call: Call) -> dict[str, Any]:
    channel, ts = call.body["channel"], call.body["message_ts"]
    path = f"archives/{channel}/p{ts.replace('.', '')}"
    return {"channel": channel, "permalink": f"https://example.slack.com/{path}"}


def _unknown_method(_call: Call) -> dict[str, Any]:
    raise RefusedError("unknown_method")


def _content(body: dict[str, Any]) -> dict[str, Any]:
    """Return what a message keeps of the call that made it."""
    kept = ("text", "blocks", "thread_ts", "metadata")
    return {name: body[name] for name in kept if body.get(name)}
