"""What the forms for a channel's posts have in common: the channel, and what becomes of them."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from slack_bolt import Ack, BoltContext

from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, paragraphs
from bot.slack.blocks.modals import field, filled, modal
from bot.slack.sending.replies import show_outcome

FROM_HOME = "home"  # the metadata of a form that Home has opened
STATES = {"on": "On", "off": "Off"}
NO_CHANNEL, NO_STATE = "Choose a channel.", "Choose on or off."  # what is wrong with a form
_UNDER_WAY = "Setting it up…"
_FAILED = "Sorry, something went wrong, and it may not have been saved. `{}` tells."


class _Conversation(msgspec.Struct):
    selected_conversation: Annotated[str, msgspec.Meta(pattern=r"^[CGD][A-Z0-9]{2,30}$")]


def channel_field(channel_id: str) -> Block:
    """Return the field for the channel; direct messages are not offered, and Home is in none."""
    named = channel_id and not channel_id.startswith("D")
    initial = {"initial_conversation": channel_id} if named else {}
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    return field("channel", "Channel", {"type": "conversations_select", "filter": only, **initial})


def channel_in(view: Block) -> str | None:
    """Return the id of the channel that was chosen; None if none was."""
    found = filled(view, "channel", _Conversation)
    return found.selected_conversation if found else None


def settle_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    apply: Callable[[], Message],
    *,
    title: str,
    status: str,
) -> None:
    """Do what a form says, and show in its place what came of it.

    It is acknowledged first, for joining a channel takes its time. `status` is the command that
    tells how it stands, where something goes wrong, which is raised.
    """
    ack(response_action="update", view=modal(title, paragraphs(_UNDER_WAY)["blocks"]))
    try:
        message = apply()
    except Exception:
        failed = paragraphs(_FAILED.format(status))
        show_outcome(context, view, modal(title, failed["blocks"]), failed)
        raise
    show_outcome(context, view, modal(title, message["blocks"]), message)
