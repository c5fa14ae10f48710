"""A fake Slack for tests: it records what it gets, refuses what Slack refuses, speaks Socket Mode.

`chat`'s stand-in does the answering; this adds the strictness.
"""

import json
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NamedTuple

from bot.terminal import Call, RefusedError, Reply, StandIn
from tests.fakes.limits import MOST_TEXT, block_faults, text_length, view_faults
from tests.fakes.search_results import search_faults
from tests.fakes.socket_mode import SocketMode
from tests.fakes.threads import replies_page

RESPONSE_URL_USES = 5
RATIONED_PAGE = 15
_LONGEST_TEXT = {"chat.update": 4_000}
_LONGEST_TEXT_ELSEWHERE = 40_000
_MESSAGES = frozenset({"chat.postEphemeral", "chat.postMessage", "chat.update", "response_url"})
_MOST_PROMPTS = 4
# https://docs.slack.dev/reference/methods/agents.sessions.setStatus
_SESSION_STATES = frozenset({"active", "processing", "suspended", "closed"})
_LONGEST_TITLE = 200
_UNFURL_SOURCES = frozenset({"composer", "conversations_history"})
_READ = frozenset({"conversations.history", "conversations.replies"})
_MEMBERS_ONLY = frozenset({"chat.postEphemeral", "chat.postMessage", "chat.update"}) | _READ


class Refusal(NamedTuple):
    """A call that was refused, Slack's word for it, and what exactly was wrong."""

    call: Call
    error: str
    details: tuple[str, ...]


class FakeSlack(StandIn):
    """Slack as the tests need it: `calls` holds all that came, `refused` what was refused.

    `channels` maps an id to `{"is_member": bool, "messages": [...]}`, and where it is archived
    `"is_archived": True`; other ids are unknown.
    `sessions` maps the channel and root of an agent's conversation to its title.
    `scopes` is what the bot's token may do, as `auth.test` tells in a header; None tells nothing.
    """

    token = "xoxb-1-fake"
    app_token = "xapp-1-fake"
    signing_secret = "0123456789abcdef0123456789abcdef"

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []
        self.refused: list[Refusal] = []
        self.scopes: set[str] | None = None
        self.socket = SocketMode()
        self.channels |= {
            "C0GENERAL": {"is_member": True, "messages": []},
            "C0ELSEWHERE": {"is_member": False, "messages": []},
            "D0DIRECT": {"is_member": True, "messages": []},
        }
        self.sessions: dict[tuple[str, str], str] = {}
        self.handlers |= {
            "agents.sessions.setStatus": self._session,
            "apps.connections.open": lambda _call: {"url": self.socket.open()},
            "assistant.threads.setSuggestedPrompts": _suggested_prompts,
            "assistant.threads.setTitle": _title,
            "chat.unfurl": _unfurl,
            "functions.completeError": lambda _call: {},
            "functions.completeSuccess": _completed,
            "views.publish": lambda call: {"view": call.body["view"]},
        }
        self._arrived = threading.Condition()
        self._reads_left = 0
        self._uses = Counter[str]()
        self._planned: dict[str, deque[RefusedError]] = defaultdict(deque)
        self._held: dict[str, tuple[threading.Event, threading.Event]] = {}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.socket.close()
        super().__exit__(kind, error, traceback)

    def wait_for(self, method: str, count: int = 1, timeout: float = 5) -> list[Call]:
        """The calls of a method, once there are `count` of them."""

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        with self._arrived:
            if not self._arrived.wait_for(lambda: len(found()) >= count, timeout):
                came = [call.method for call in self.calls]
                raise TimeoutError(f"{count} × {method} did not come, only {came}")
            return found()

    def fail_next(
        self,
        method: str,
        *,
        status: int = 200,
        error: str = "fatal_error",
        retry_after: int | None = None,
    ) -> None:
        """Refuse the next call of a method that has not been planned for yet."""
        if retry_after is None:
            self._planned[method].append(RefusedError(error, status=status))
        else:
            limited = RefusedError("ratelimited", status=429, Retry_After=str(retry_after))
            self._planned[method].append(limited)

    def ration_threads(self, reads: int = 1) -> None:
        """Give so many pages of 15 messages of threads, then 429, as once a minute.

        So Slack treats apps that are distributed outside the Marketplace.
        https://docs.slack.dev/reference/methods/conversations.replies
        """
        self._reads_left = reads
        self.handlers["conversations.replies"] = self._rationed_replies

    def _rationed_replies(self, call: Call) -> dict[str, Any]:
        if not self._reads_left:
            raise RefusedError("ratelimited", status=429, Retry_After="60")
        self._reads_left -= 1
        thread = self._replies(call)["messages"]
        limit = min(int(call.body.get("limit") or RATIONED_PAGE), RATIONED_PAGE)
        return replies_page(thread, {**call.body, "limit": limit})

    @contextmanager
    def hold(self, method: str) -> Iterator[threading.Event]:
        """Keep calls of a method waiting until the block ends; the event is set when one comes."""
        came, go_on = self._held[method] = threading.Event(), threading.Event()
        try:
            yield came
        finally:
            del self._held[method]
            go_on.set()

    def send_envelope(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        retry: tuple[int, str] | None = None,
        timeout: float = 10,
    ) -> str:
        """Push `events_api`, `slash_commands` or `interactive` over the socket; returns its id."""
        return self.socket.send(kind, payload, retry, timeout)

    def wait_for_ack(self, envelope_id: str, timeout: float = 5) -> dict[str, Any]:
        """The acknowledgement of an envelope."""
        return self.socket.wait_for_ack(envelope_id, timeout)

    def answer(self, call: Call) -> Reply:
        """Refuse the call where Slack would, serve it otherwise; then record it."""
        if held := self._held.get(call.method):
            came, go_on = held
            came.set()
            go_on.wait()
        try:
            self._check(call)
            reply = self._with_scopes(call, super().answer(call))
        except RefusedError as refused:
            reply = refused.reply
        if not reply.body["ok"]:
            details = reply.body.get("response_metadata", {}).get("messages", ())
            self.refused.append(Refusal(call, reply.body["error"], tuple(details)))
        with self._arrived:
            self.calls.append(call)
            self._arrived.notify_all()
        return reply

    def _session(self, call: Call) -> dict[str, Any]:
        """Begin an agent's session; the title of one that is there stays."""
        title, status = call.body.get("title", ""), call.body.get("status")
        thread = (call.body.get("channel_id", ""), call.body.get("thread_ts", ""))
        if status not in _SESSION_STATES or len(title) > _LONGEST_TITLE or not all(thread):
            raise RefusedError("invalid_arguments")
        return {"status": status, "title": self.sessions.setdefault(thread, title)}

    def _with_scopes(self, call: Call, reply: Reply) -> Reply:
        if call.method != "auth.test" or self.scopes is None:
            return reply
        return Reply(reply.body, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    def _check(self, call: Call) -> None:
        """Raise `RefusedError` with what Slack would say, in the order in which it looks."""
        if planned := self._planned[call.method]:
            raise planned.popleft()
        if call.method == "response_url":
            self._check_uses(call)
        else:
            self._check_token(call)
        if call.method in _MEMBERS_ONLY:
            self._check_channel(call)
        if call.method == "conversations.join" and call.body["channel"] not in self.channels:
            raise RefusedError("channel_not_found")
        if call.method in _MESSAGES and not call.body.get("delete_original"):
            _check_text(call)
            _check_blocks(call.body.get("blocks") or [])
        if "view" in call.body:
            _check_view(call.body["view"])

    def _check_uses(self, call: Call) -> None:
        """A response URL serves five times."""
        self._uses[call.path] += 1
        if self._uses[call.path] > RESPONSE_URL_USES:
            raise RefusedError("used_url", status=404)

    def _check_token(self, call: Call) -> None:
        """Every method wants the bot's token, and `apps.connections.open` the app's."""
        wanted = self.app_token if call.method == "apps.connections.open" else self.token
        given = call.headers.get("authorization", "").removeprefix("Bearer ")
        given = given or call.body.get("token", "")
        if not given:
            raise RefusedError("not_authed")
        if given in {self.token, self.app_token} - {wanted}:
            raise RefusedError("not_allowed_token_type")
        if given != wanted:
            raise RefusedError("invalid_auth")

    def _check_channel(self, call: Call) -> None:
        name = call.body.get("channel", "")
        channel = self.channels.get(name)
        if name.startswith("U") and call.method == "chat.postMessage":
            return  # opens a direct message to the person
        if channel is None or (not channel["is_member"] and name.startswith("G")):
            raise RefusedError("channel_not_found")
        if not channel["is_member"]:
            raise RefusedError("not_in_channel")
        if channel.get("is_archived") and call.method not in _READ:
            raise RefusedError("is_archived")


def _check_text(call: Call) -> None:
    """Slack posts without `text` where there are blocks; nobody would be told what it says."""
    text = call.body.get("text")
    if not isinstance(text, str) or not text.strip():
        raise RefusedError("no_text")
    if len(text) > _LONGEST_TEXT.get(call.method, _LONGEST_TEXT_ELSEWHERE):
        raise RefusedError("msg_too_long")


def _suggested_prompts(call: Call) -> dict[str, Any]:
    """An agent's prompts; with `thread_ts` Slack says that all is well and shows none."""
    prompts = call.body.get("prompts", [])
    whole = all(one.get("title") and one.get("message") for one in prompts)
    if "thread_ts" in call.body or not whole or not 1 <= len(prompts) <= _MOST_PROMPTS:
        raise RefusedError("invalid_arguments")
    return {}


def _title(call: Call) -> dict[str, Any]:
    if not (call.body.get("title") and call.body.get("thread_ts")):
        raise RefusedError("invalid_arguments")
    return {}


def _completed(call: Call) -> dict[str, Any]:
    found = json.loads(call.body["outputs"]).get("search_results", [])
    if faults := search_faults(found):
        raise RefusedError("parameter_validation_failed", *faults)
    return {}


def _unfurl(call: Call) -> dict[str, Any]:
    """Cards for links: by a message's place, or by the id that a link has where it is typed.

    https://docs.slack.dev/reference/methods/chat.unfurl
    """
    by_id = bool(call.body.get("unfurl_id")) and call.body.get("source") in _UNFURL_SOURCES
    by_place = bool(call.body.get("channel")) and bool(call.body.get("ts"))
    unfurls = call.body.get("unfurls")
    if by_id == by_place or not isinstance(unfurls, dict) or not unfurls:
        raise RefusedError("invalid_arguments")
    for url, card in unfurls.items():
        if not url.startswith("https://") or set(card) - {"blocks", "preview"}:
            raise RefusedError("cannot_parse_attachment")
        _check_blocks(card["blocks"])
        title = card.get("preview", {}).get("title", {"type": "plain_text", "text": url})
        if title["type"] != "plain_text" or not title["text"]:
            raise RefusedError("cannot_parse_attachment")
    return {}


def _check_blocks(blocks: Any) -> None:
    if faults := block_faults(blocks):
        raise RefusedError("invalid_blocks", *faults)
    if text_length(blocks) > MOST_TEXT:
        raise RefusedError("msg_blocks_too_long")


def _check_view(view: Any) -> None:
    if faults := view_faults(view):
        raise RefusedError("invalid_blocks", *faults)
