"""Changing and showing a channel's daily takeaway, on behalf of one person."""

from dataclasses import dataclass, replace

from slack_bolt import BoltContext

from bot.daily import local_date, next_due
from bot.daily.time_zones import UTC, find_zone
from bot.slack.blocks.message import Message, paragraphs
from bot.slack.daily.command import USUAL_TIME, On, Unclear
from bot.slack.daily.words import status, turned_off, turned_on, unclear
from bot.slack.posting.entering import enter
from bot.slack.requests.people import look_up, why_not_daily
from bot.slack.requests.services import Services
from bot.storage import Asker, Subscription, new_id


@dataclass(frozen=True, slots=True)
class DailySettings:
    """Changes a channel's daily settings on behalf of one person of its workspace.

    Its methods raise StoreError where the database fails, SlackApiError where Slack refuses what
    it should not.
    """

    context: BoltContext
    services: Services
    asker: Asker

    def turn_on(self, channel_id: str, wish: On) -> Message:
        """Turn it on or change it, once the bot is in the channel; says what has come of it."""
        who = look_up(self.context)
        why_not = why_not_daily(who, self.services.policy.daily_by) or enter(
            self.context.client, channel_id
        )
        if why_not:
            return paragraphs(why_not)
        own = find_zone(who.zone or "")
        if wish.others and not (own or "America/").startswith("America/"):
            meant = (wish.zone or UTC, *wish.others)
            return unclear(Unclear(wish.letters, meant, ambiguous=True))
        wanted = self._subscription(channel_id, wish, own or UTC)
        kept = self.services.store.subscriptions.save(wanted)
        return turned_on(kept, zone_guessed=kept.zone == UTC and wish.zone is None and own is None)

    def turn_off(self, channel_id: str) -> Message:
        """Turn it off; says whether it was on."""
        if why_not := why_not_daily(look_up(self.context), self.services.policy.daily_by):
            return paragraphs(why_not)
        kept = self.current(channel_id)
        was_on = bool(kept and self.services.store.subscriptions.stop(kept.id))
        return turned_off(channel_id, was_on=was_on)

    def status(self, channel_id: str) -> Message:
        """Tell how it stands; anyone may ask."""
        kept = self.current(channel_id)
        last = self.services.store.posts.last(kept.id) if kept else None
        return status(kept, last, channel_id)

    def current(self, channel_id: str) -> Subscription | None:
        """Return what is kept of the channel in this workspace."""
        subscriptions = self.services.store.subscriptions
        return subscriptions.of_channel(self.asker.team_id, channel_id)

    def _subscription(self, channel_id: str, wish: On, zone: str) -> Subscription:
        """Return what is to be kept: on from the first day that has had no post yet.

        What a wish leaves out stays as it was; at first it is the usual, in the person's `zone`.
        """
        now, current = self.services.clock(), self.current(channel_id)
        weekdays = current.weekdays if current else True
        wanted = Subscription(
            id=current.id if current else new_id(),
            team_id=self.asker.team_id,
            channel_id=channel_id,
            local_time=wish.local_time or (current.local_time if current else USUAL_TIME),
            zone=wish.zone or (current.zone if current else zone),
            weekdays=weekdays if wish.weekdays is None else wish.weekdays,
            made_by=self.asker.user_id,
            made_at=now,
            due_at=None,
            enterprise_id=self.asker.enterprise_id,
            is_enterprise_install=bool(self.context.is_enterprise_install),
        )
        due_at = next_due(wanted, now)
        if self.services.store.posts.of_day(wanted.id, local_date(wanted, due_at)):
            due_at = next_due(wanted, due_at)
        return replace(wanted, due_at=due_at)
