"""The form for a channel's new episodes: built, and read when it comes back. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.elements import Block
from bot.slack.blocks.modals import chosen, field, modal, option, radio, submit
from bot.slack.posting.forms import NO_CHANNEL, NO_STATE, STATES, channel_field, channel_in
from bot.storage import NewsChannel

NEWS_FORM = "news_form"
TITLE = "New episodes"
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
_MOST_OPTIONS = 100
_EVERY = "every"
_FAULTS = {
    "channel": NO_CHANNEL,
    "show": "Choose a show, or every one.",
    "state": NO_STATE,
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a person has filled in; `show` is None for every one."""

    channel_id: str
    show: str | None
    on: bool


def news_form(channel_id: str, current: NewsChannel | None, shows: Sequence[str]) -> Block:
    """Return the form, filled in with what is kept of the channel, else with every show."""
    show = current.show if current and current.since else None
    return modal(
        TITLE,
        [
            channel_field(channel_id),
            field("show", "Show", _shows(shows, show)),
            field("state", "State", radio(STATES, "on")),
        ],
        close="Cancel",
        submit=submit("Save"),
        callback_id=NEWS_FORM,
    )


def outcome_view(blocks: Sequence[Block]) -> Block:
    """Return what the form turns into once it is sent."""
    return modal(TITLE, blocks)


def read_form(view: Block, shows: Sequence[str]) -> Submitted | dict[str, str]:
    """Return what was filled in, or what is wrong with it by the input's `block_id`."""
    channel = channel_in(view)
    show, state = chosen(view, "show"), chosen(view, "state")
    known = {_EVERY: None, **{_value(one): one for one in shows}}
    if channel and show in known and state in STATES:
        return Submitted(channel, known[show], state == "on")
    right = {"channel": channel is not None, "show": show in known, "state": state in STATES}
    return {name: _FAULTS[name] for name, well in right.items() if not well}


def _shows(shows: Sequence[str], initial: str | None) -> Block:
    """Return every show first, then as many by name as there is room for, `initial` among them."""
    named = [show for show in shows if show != initial][: _MOST_OPTIONS - 2]
    named = sorted({*named, *([initial] if initial else [])}, key=str.casefold)
    every = option(_EVERY, "Every show")
    options = [every, *(option(_value(show), show) for show in named)]
    chosen = option(_value(initial), initial) if initial else every
    return {"type": "static_select", "options": options, "initial_option": chosen}


def _value(show: str) -> str:
    """Return what an option carries of a show: its name may be longer than Slack takes there."""
    return hashlib.sha256(show.encode("utf-8", "surrogatepass")).hexdigest()[:32]
