"""People who send whatever they like, with the buttons and forms that the bot has really sent."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from bot.slack import LISTENERS, manifest
from bot.terminal.requests import as_sent
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace, timestamp

_LATEST = 40  # calls of the bot's that somebody may react to


class Whim(NamedTuple):
    """What somebody sends: words, a button's value, and a number that picks among what is there."""

    typed: str
    value: str
    pick: int

    @property
    def text(self) -> str:
        """The words as Slack sends them: escaped where they were typed, else with its markup."""
        return as_sent(self.typed) if self.pick % 3 else self.typed


class Crowd:
    """Each method sends one kind of request."""

    def __init__(self, people: Workspace) -> None:
        self.people = people

    def command(self, whim: Whim) -> None:
        """`/llm …`."""
        self.people.command(whim.text)

    def mention(self, whim: Whim) -> None:
        """A mention outside threads."""
        self.people.mention(f"@llm {whim.text}")

    def direct(self, whim: Whim) -> None:
        """A direct message."""
        self.people.direct(whim.text)

    def thread(self, whim: Whim) -> None:
        """A mention in a thread, and a message after it that mentions nobody."""
        root = self.people.slack.say(CHANNEL, whim.text, user=USER)
        self.people.mention(f"@llm {whim.text}", thread_ts=root)
        place = {"channel": CHANNEL, "channel_type": "channel", "thread_ts": root}
        self.people.event("message", user=USER, text=whim.text, ts=timestamp(), **place)

    def forged_button(self, whim: Whim) -> None:
        """A button of ours with a value that is not, wherever it may stand."""
        view = {"type": "modal", "private_metadata": whim.value[:3_000], "blocks": []}
        button = {"action_id": _pick(_names("action"), whim), "value": whim.value}
        self.people.press(button, view=_open(view))

    def button(self, whim: Whim) -> None:
        """A button that the bot has sent, as it is."""
        shown = [(button, body.get("view")) for body in self._sent() for button in _buttons(body)]
        if not shown:
            return
        button, view = _pick(shown, whim)
        if view:
            self.people.press_in_view(button, _open(view))
        else:
            self.people.press(button)

    def forged_form(self, whim: Whim) -> None:
        """A form of ours that somebody else made."""
        name = _pick(_names("view"), whim)
        view = {"callback_id": name, "private_metadata": whim.value[:3_000], "blocks": []}
        self.people.submit(view, question=_state(whim), answer=_state(whim))

    def form(self, whim: Whim) -> None:
        """A form that the bot has sent, filled in at will."""
        views = [body["view"] for body in self._sent() if "callback_id" in body.get("view", {})]
        if views:
            view = _pick(views, whim)
            inputs = [one["block_id"] for one in view["blocks"] if one["type"] == "input"]
            self.people.submit(view, **{name: _state(whim) for name in inputs})

    def shortcut(self, whim: Whim) -> None:
        """Every shortcut: the global ones, and those of a message."""
        about = {"type": "message", "user": USER, "text": whim.text, "ts": timestamp()}
        for offered in yaml.safe_load(manifest())["features"].get("shortcuts", []):
            self.people.shortcut(
                offered["callback_id"], about if offered["type"] == "message" else None
            )

    def opening(self, whim: Whim) -> None:
        """The opening of a tab of the app's."""
        tab = _pick(["home", "messages", whim.text], whim)
        self.people.event("app_home_opened", user=USER, channel=DIRECT, tab=tab)

    def link(self, whim: Whim) -> None:
        """A link that is pasted, or whatever else may stand in its place."""
        page = f"https://pages.example.com/e/{whim.typed if whim.pick % 2 else 'episode-02'}"
        urls = (whim.value, page, f"{page}?at={whim.typed}&v={whim.value}", whim.text)
        links = [{"domain": "pages.example.com", "url": url} for url in urls]
        self.people.event("link_shared", user=USER, channel=CHANNEL, message_ts="1.1", links=links)

    def step(self, whim: Whim) -> None:
        """A step of a workflow."""
        for name in _names("function"):
            self.people.step(name, {"question": whim.text})

    def search(self, whim: Whim) -> None:
        """A search of Slack's."""
        for name in _names("search"):
            who = {"id": USER} if whim.pick % 2 else whim.value
            self.people.step(name, {"query": whim.text, "user_context": who})

    def _sent(self) -> list[dict[str, Any]]:
        return [call.body for call in self.people.slack.calls[-_LATEST:]]


KINDS = [name for name in vars(Crowd) if not name.startswith("_")]


def _open(view: dict[str, Any]) -> dict[str, Any]:
    """A view as Slack sends it back."""
    return {"id": "V0000000001", "hash": "1.2", "state": {"values": {}}, **view}


def _names(kind: str) -> list[str]:
    return [listener.name for listener in LISTENERS if listener.kind == kind]


def _pick(among: list[Any], whim: Whim) -> Any:
    return among[whim.pick % len(among)]


def _state(whim: Whim) -> dict[str, Any]:
    """What an input may hold: words, an option, a channel, a time, or nothing."""
    states: list[dict[str, Any]] = [
        {"type": "plain_text_input", "value": whim.typed},
        {"type": "radio_buttons", "selected_option": {"value": whim.value[:150]}},
        {"type": "conversations_select", "selected_conversation": CHANNEL},
        {"type": "timepicker", "selected_time": "09:30"},
        {"type": "plain_text_input", "value": None},
    ]
    return states[whim.pick % len(states)]


def _buttons(node: Any) -> Iterator[dict[str, Any]]:
    """Everything that can be pressed in what was sent."""
    if isinstance(node, dict):
        if node.get("type") == "button" and "action_id" in node:
            yield {"action_id": node["action_id"], "value": node.get("value", "")}
        if node.get("type") == "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                value = node[side]["value"]
                yield {"type": node["type"], "action_id": node["action_id"], "value": value}
    children = node.values() if isinstance(node, dict) else node
    if isinstance(node, dict | list):
        for child in children:
            yield from _buttons(child)
