"""Changing and showing which new episodes a channel is told of, on behalf of one person."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_bolt import BoltContext

from bot.episodes.shows import find_show, near_shows
from bot.slack.announcing.words import status, turned_off, turned_on, unknown_show
from bot.slack.blocks.message import Message, paragraphs
from bot.slack.posting.entering import enter
from bot.slack.requests.people import look_up, why_not_set
from bot.slack.requests.services import Services
from bot.storage import Asker, NewsChannel, new_id

WHAT = "The announcing of new episodes"


@dataclass(frozen=True, slots=True)
class NewsSettings:
    """Changes a channel's settings on behalf of one person of its workspace.

    Its methods raise StoreError where the database fails, SlackApiError where Slack refuses what
    it should not.
    """

    context: BoltContext
    services: Services
    asker: Asker

    def turn_on(self, channel_id: str, words: str) -> Message:
        """Turn it on for a show as a person names it, or for every one if they name none."""
        shows = self.shows()
        show = find_show(words, shows)
        if words and show is None:
            return unknown_show(words, near_shows(words, shows), shows)
        return self.turn_on_for(channel_id, show)

    def turn_on_for(self, channel_id: str, show: str | None) -> Message:
        """Turn it on or change it, once the bot is in the channel; says what has come of it."""
        why_not = self.why_not() or enter(self.context.client, channel_id)
        if why_not:
            return paragraphs(why_not)
        wanted = self._channel(channel_id, self._as_announced(show))
        saved = self.services.store.announcements.save(wanted)
        return turned_on(saved, followed=self._is_followed(saved.show))

    def turn_off(self, channel_id: str) -> Message:
        """Turn it off; says whether it was on."""
        if why_not := self.why_not():
            return paragraphs(why_not)
        kept = self.current(channel_id)
        was_on = bool(kept and self.services.store.announcements.stop(kept.id))
        return turned_off(channel_id, was_on=was_on)

    def status(self, channel_id: str) -> Message:
        """Tell how it stands; anyone may ask."""
        kept = self.current(channel_id)
        posts = self.services.store.news_posts.latest(kept.id, 1) if kept else []
        followed = kept is not None and self._is_followed(kept.show)
        return status(kept, next(iter(posts), None), channel_id, followed=followed)

    def current(self, channel_id: str) -> NewsChannel | None:
        """Return what is kept of the channel in this workspace."""
        return self.services.store.announcements.of_channel(self.asker.team_id, channel_id)

    def shows(self) -> Sequence[str]:
        """Return the shows that there are episodes of, and those that are followed."""
        known = {*self.services.answerer.library.shows, *self._followed()}
        return sorted(known, key=str.casefold)

    def why_not(self) -> str | None:
        """Return why the person may change nothing here; None where they may."""
        return why_not_set(look_up(self.context), self.services.policy.daily_by, WHAT)

    def _followed(self) -> set[str]:
        return {feed.title for feed in self.services.store.feeds.all() if feed.title}

    def _is_followed(self, show: str | None) -> bool:
        """Return whether cards of a show can come, or of any; a feed without a title may be its."""
        titles = [feed.title for feed in self.services.store.feeds.all()]
        return bool(titles) if show is None else show in titles or not all(titles)

    def _as_announced(self, show: str | None) -> str | None:
        """Return the name that a show's new episodes bear: its feed's title.

        It is another one where somebody has changed `show:` in the files of older episodes.
        """
        library = self.services.answerer.library
        if show is None or show in self._followed():
            return show
        slugs = [library.entries[at].slug for at in library.of_show(show)]
        titles = self.services.store.feeds.items.titles_of(slugs)
        return titles[0] if len(titles) == 1 else show

    def _channel(self, channel_id: str, show: str | None) -> NewsChannel:
        """Return what is to be kept: what comes from now on is told, for another show too.

        It is due at once, so that a post which was under way when it was turned off is settled.
        """
        now, current = self.services.clock(), self.current(channel_id)
        same = current is not None and current.since is not None and current.show == show
        return NewsChannel(
            id=current.id if current else new_id(),
            team_id=self.asker.team_id,
            channel_id=channel_id,
            show=show,
            made_by=self.asker.user_id,
            made_at=now,
            since=current.since if current and same else now,
            due_at=now,
            enterprise_id=self.asker.enterprise_id,
            is_enterprise_install=bool(self.context.is_enterprise_install),
        )
