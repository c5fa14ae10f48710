"""The form that turns listening on: built, and read when it comes back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import paragraphs
from bot.slack.blocks.modals import chosen, field, modal, radio, submit
from bot.slack.listening.words import WHAT_IS_DONE, WHAT_IS_KEPT
from bot.slack.posting.forms import NO_CHANNEL, NO_STATE, STATES, channel_field, channel_in

LISTENING_FORM = "listening_form"
TITLE = "Listen for questions"
_FAULTS = {"channel": NO_CHANNEL, "state": NO_STATE}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a person has filled in."""

    channel_id: str
    on: bool


def listening_form(channel_id: str) -> Block:
    """Return the form, which says first what is done and kept there."""
    return modal(
        TITLE,
        [
            *paragraphs(WHAT_IS_DONE, WHAT_IS_KEPT)["blocks"],
            channel_field(channel_id),
            field("state", "State", radio(STATES, "on")),
        ],
        close="Cancel",
        submit=submit("Save"),
        callback_id=LISTENING_FORM,
    )


def outcome_view(blocks: Sequence[Block]) -> Block:
    """Return what the form turns into once it is sent."""
    return modal(TITLE, blocks)


def read_form(view: Block) -> Submitted | dict[str, str]:
    """Return what was filled in, or what is wrong with it by the input's `block_id`."""
    channel, state = channel_in(view), chosen(view, "state")
    in_channel = channel is not None and not channel.startswith("D")
    if channel and in_channel and state in STATES:
        return Submitted(channel, state == "on")
    right = {"channel": in_channel, "state": state in STATES}
    return {name: _FAULTS[name] for name, well in right.items() if not well}
