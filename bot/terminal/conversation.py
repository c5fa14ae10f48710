"""One person in a channel and in a direct message with the bot, by way of the stand-in."""

import json
import re
import secrets
from concurrent.futures import Executor, Future
from typing import Any

from slack_bolt import BoltRequest
from slack_sdk import WebClient

from bot.slack import Services, build_app, one_workspace
from bot.slack.help import COMMAND
from bot.terminal.controls import buttons_of, filled_in, form, written_in
from bot.terminal.drawing import buttons
from bot.terminal.loopback import Call
from bot.terminal.requests import CHANNEL, DIRECT, USER, Requests, as_sent
from bot.terminal.stand_in import Handler, Message, StandIn

MENTION = "@llm"
_ADDRESSED = re.compile(rf"(?i:(?P<command>{COMMAND})|(?P<mention>{MENTION})\b[,:]?)(?:\s+|$)")


class Conversation:
    """Sends what the person types through the real app and gives back what the bot says to it.

    All mentions form one thread and all direct messages another, so that an empty mention finds
    the question above it. Listeners run on the calling thread: an answer is complete when a call
    returns.
    """

    def __init__(self, services: Services, slack: StandIn) -> None:
        secret = secrets.token_hex()
        self._slack = slack
        self._requests = Requests(secret)
        self._threads: dict[str, str] = {}
        self._heard: list[Message] = []
        self._said: list[Message] = []
        self._view: dict[str, Any] | None = None
        self._open: dict[str, Any] | None = None
        client = WebClient(base_url=slack.url)
        self._app = build_app(
            services,
            authorize=one_workspace(client, "xoxb-stand-in"),
            signing_secret=secret,
            client=client,
            executor=_Inline(),
        )
        slack.on_message(self._heard.append)
        for method in ("views.open", "views.push", "views.update"):
            slack.handlers[method] = self._showing(slack.handlers[method])

    def say(self, line: str) -> list[Message]:
        """`/llm …` as a command, `@llm …` as a mention, anything else as a direct message.

        A form that asks for words and was shown last is sent with anything else.
        """
        addressed = _ADDRESSED.match(line)
        state = written_in(self._open, line) if self._open and not addressed else None
        if self._open and state:
            return self._send(self._requests.submit(self._open, state))
        text = as_sent(line[addressed.end() :] if addressed else line)
        if addressed and addressed["command"]:
            return self._send(self._requests.command(COMMAND, text, self._slack.response_url()))
        if addressed:
            text = f"<@{self._slack.bot_user_id}> {text}"
            return self._send(self._requests.mention(text, *self._place(CHANNEL, text)))
        if line.startswith("/"):  # Slack's own words, for the bot never gets to see it
            return [Message(f"That is not a valid command. Try {COMMAND} help", (), ephemeral=True)]
        return self._send(self._requests.direct(text, *self._place(DIRECT, text)))

    def press(self, button: dict[str, Any]) -> list[Message]:
        """Press a button of a message that the bot sent.

        A thumb that is not answered stays pressed, and is said to.
        """
        if self._view and button in buttons_of(self._view):
            return self._send(self._in_view(self._view, button))
        held = [one.ephemeral for one in self._said if button in buttons([one])]
        said = self._send(
            self._requests.press(button, self._slack.response_url(), ephemeral=all(held))
        )
        if not said and button["type"] == "feedback_buttons":
            return [Message("Your thumb is kept.", (), ephemeral=True)]
        return said

    def _in_view(self, view: dict[str, Any], button: dict[str, Any]) -> BoltRequest:
        """Return what pressing a modal's button sends: the button, or the modal and the choice."""
        state = filled_in(view, button)
        return (
            self._requests.submit(view, state)
            if state
            else self._requests.press_in_view(button, view)
        )

    def _showing(self, handler: Handler) -> Handler:
        """Serve a modal, and show what it asks for."""

        def show(call: Call) -> dict[str, Any]:
            served = handler(call)
            self._show(served["view"])
            return served

        return show

    def _show(self, view: dict[str, Any]) -> None:
        self._view = self._open = view
        self._heard.append(form(view))

    def _place(self, channel: str, text: str) -> tuple[str, str | None]:
        """Put a message into its channel's thread: its timestamp, and that of the root above it."""
        root = self._threads.get(channel)
        ts = self._slack.say(channel, text, user=USER, thread_ts=root)
        self._threads.setdefault(channel, ts)
        return ts, root

    def _send(self, request: BoltRequest) -> list[Message]:
        self._open = None
        response = self._app.dispatch(request)
        if self._view and response.body.startswith("{"):
            self._answered(self._view, json.loads(response.body))
        self._said = self._heard.copy()
        self._heard.clear()
        return self._said

    def _answered(self, view: dict[str, Any], answer: dict[str, Any]) -> None:
        """Show what a form is answered with: the next view, or what is wrong with its fields."""
        if answer.get("response_action") == "update":
            self._show({"id": view["id"], **answer["view"]})
        for words in answer.get("errors", {}).values():
            self._heard.append(Message(words, (), ephemeral=True))


class _Inline(Executor):
    """Runs what is submitted at once, on the calling thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the result as a future that is done already."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future
