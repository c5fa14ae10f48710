"""A button that was pressed: how its person is answered, in a message or in a modal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, notice
from bot.slack.blocks.modals import modal
from bot.slack.requests.payload import ButtonOrigin, button_origin
from bot.slack.requests.services import Services
from bot.slack.sending.replies import respond_in_place, respond_privately
from bot.storage import Asker

_TITLE = "From the episode"


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button, by what Bolt hands to its listener."""

    body: Mapping[str, Any]
    respond: Respond
    client: WebClient

    @property
    def origin(self) -> ButtonOrigin:
        """Return the message that holds the button; it is empty for a modal's."""
        return button_origin(self.body)

    @property
    def in_modal(self) -> bool:
        """Return whether the button stands in a modal."""
        return "view" in self.body

    @property
    def changes_in_place(self) -> bool:
        """Return whether `show` replaces the message: nobody else reads it."""
        return not self.in_modal and self.origin.is_private

    def tell(self, message: Message, title: str = _TITLE) -> None:
        """Tell the person alone, in the button's thread or on top of its modal."""
        if self.in_modal:
            self.open(modal(title, message["blocks"]))
        else:
            respond_privately(self.respond, self.client, message, thread_ts=self.origin.thread_ts)

    def show(self, message: Message, title: str = _TITLE) -> None:
        """Show a message in place of a private one; of a public one or a modal, beside it."""
        origin = self.origin
        if not self.changes_in_place:
            self.tell(message, title)
        elif origin.ephemeral:
            respond_in_place(self.respond, self.client, message)
        else:
            self.client.chat_update(
                channel=origin.channel_id,
                ts=origin.ts,
                text=message["text"],
                blocks=message["blocks"],
            )

    def open(self, view: Block) -> None:
        """Open a modal, on top of the one that the button stands in, if any."""
        show = self.client.views_push if self.in_modal else self.client.views_open
        show(trigger_id=self.body["trigger_id"], view=view)

    def is_limited(self, services: Services, asker: Asker | None) -> bool:
        """Count the press; return whether it is one too many, which the person is told."""
        refusal = services.rate_limit.limited(asker)
        if refusal:
            self.tell(refusal)
        return refusal is not None

    def tell_notice(self, words: str, title: str = _TITLE) -> None:
        """Tell the person a line of the bot's own."""
        self.tell(notice(words), title)
