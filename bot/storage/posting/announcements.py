"""New episodes, and the channels that are told of them: each of each episode once."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, or_, select, update

from bot.storage.database import Database
from bot.storage.feeds.model import NewEpisode
from bot.storage.posting.claims import Claims
from bot.storage.posting.model import NewsChannel, NewsPost, PostState, Recorded
from bot.storage.posting.schedule import Schedule
from bot.storage.tables import new_episodes, news_channels, news_posts


class Announcements(Schedule[NewsChannel]):
    """Which channels are told of new episodes, and what of."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, news_channels, _channel, on="since")

    def save(self, channel: NewsChannel) -> NewsChannel:
        """Turn a channel's on, or change it; gives what is kept, under the id it had before."""
        return self._save(asdict(channel) | {"wake_at": channel.due_at})

    def record(self, episode: NewEpisode, now: datetime) -> bool:
        """Have every channel told of an episode that wants to be; False where it was recorded.

        A channel's schedule becomes another one, so that whoever is just posting there, and has
        not seen the episode, does not end its wait (`Claims.end`, `move_on`).
        """
        insert = self._database.insert(new_episodes).values(**asdict(episode), recorded_at=now)
        first = insert.on_conflict_do_nothing().returning(new_episodes.c.slug)
        columns = news_channels.c
        wants = (
            columns.since.is_not(None),
            or_(columns.show.is_(None), columns.show == episode.show),
        )
        # Locked in one order, lest two episodes at once have PostgreSQL end one for a deadlock.
        in_order = select(columns.id).where(*wants).order_by(columns.id)
        locked = in_order.with_for_update(key_share=True)  # as strong as an UPDATE's own lock
        with self._database.writing() as connection:
            if connection.execute(first).first() is None:
                return False
            connection.execute(locked).all()
            connection.execute(update(news_channels).where(*wants).values(due_at=now, wake_at=now))
        return True

    def recorded(self, show: str | None, since: datetime) -> list[Recorded]:
        """Return the episodes of a show, or of all, that were recorded after a moment, in order."""
        columns = new_episodes.c
        query = select(new_episodes).where(columns.recorded_at > since)
        if show is not None:
            query = query.where(columns.show == show)
        query = query.order_by(columns.recorded_at, columns.published, columns.slug)
        with self._database.reading() as connection:
            return [_recorded(row) for row in connection.execute(query).mappings()]


class NewsPosts(Claims):
    """Claims of the posts that tell of new episodes, and what became of them."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, news_channels, news_posts, "number")

    def latest(self, subscription_id: str, most: int) -> Sequence[NewsPost]:
        """Return a channel's latest posts, the latest first."""
        query = (
            select(news_posts)
            .where(news_posts.c.subscription_id == subscription_id)
            .order_by(news_posts.c.number.desc())
            .limit(most)
        )
        with self._database.reading() as connection:
            return [_post(row) for row in connection.execute(query).mappings()]

    def at(self, team_id: str, channel_id: str, ts: str) -> NewsPost | None:
        """Return the post that stands in a channel under a timestamp of Slack's."""
        of_channel = news_channels.c.team_id == team_id, news_channels.c.channel_id == channel_id
        query = (
            select(news_posts)
            .join(news_channels, news_channels.c.id == news_posts.c.subscription_id)
            .where(*of_channel, news_posts.c.ts == ts)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else _post(row)


def _channel(row: RowMapping) -> NewsChannel:
    return NewsChannel(**{str(name): row[name] for name in row if name != "wake_at"})


def _recorded(row: RowMapping) -> Recorded:
    episode = NewEpisode(row["show"], row["slug"], row["title"], row["published"])
    return Recorded(episode, row["recorded_at"])


def _post(row: RowMapping) -> NewsPost:
    return NewsPost(
        number=row["number"],
        state=PostState(row["state"]),
        item=row["item"],
        ts=row["ts"],
        ended_at=row["ended_at"],
    )
