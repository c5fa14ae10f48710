"""Turning listening on and off in a channel, on behalf of one person."""

from dataclasses import dataclass

from slack_bolt import BoltContext

from bot.slack.blocks.message import Message, paragraphs
from bot.slack.listening.words import status, turned_off, turned_on
from bot.slack.posting.entering import enter
from bot.slack.requests.people import look_up, why_not_set
from bot.slack.requests.services import Services
from bot.storage import Asker, ListeningChannel, new_id

WHAT = "Listening for questions"


@dataclass(frozen=True, slots=True)
class ListeningSettings:
    """Changes a channel's setting on behalf of one person of its workspace.

    Its methods raise StoreError where the database fails, SlackApiError where Slack refuses what
    it should not.
    """

    context: BoltContext
    services: Services
    asker: Asker

    def turn_on(self, channel_id: str) -> Message:
        """Turn it on, once the bot is in the channel; says what has come of it."""
        if why_not := self.why_not() or enter(self.context.client, channel_id):
            return paragraphs(why_not)
        self.services.store.listening.save(self._channel(channel_id))
        self.services.places.forget()
        return turned_on(channel_id)

    def turn_off(self, channel_id: str) -> Message:
        """Turn it off; says whether it was on."""
        if why_not := self.why_not():
            return paragraphs(why_not)
        kept = self.current(channel_id)
        was_on = bool(kept and self.services.store.listening.stop(kept.id))
        self.services.places.forget()
        return turned_off(channel_id, was_on=was_on)

    def status(self, channel_id: str) -> Message:
        """Tell how it stands; anyone may ask."""
        return status(self.current(channel_id), channel_id)

    def current(self, channel_id: str) -> ListeningChannel | None:
        """Return what is kept of the channel in this workspace."""
        return self.services.store.listening.of_channel(self.asker.team_id, channel_id)

    def why_not(self) -> str | None:
        """Return why the person may change nothing here; None for an admin, whatever the policy."""
        return why_not_set(look_up(self.context), "admins", WHAT)

    def _channel(self, channel_id: str) -> ListeningChannel:
        """Return what is to be kept.

        It is due at once, so that an answer which was under way when it was turned off is settled.
        """
        now, current = self.services.clock(), self.current(channel_id)
        return ListeningChannel(
            id=current.id if current else new_id(),
            team_id=self.asker.team_id,
            channel_id=channel_id,
            made_by=self.asker.user_id,
            made_at=now,
            since=now,
            due_at=now,
            enterprise_id=self.asker.enterprise_id,
            is_enterprise_install=bool(self.context.is_enterprise_install),
        )
