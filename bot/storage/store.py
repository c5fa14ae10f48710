"""All that is kept, behind one door."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import text

from bot.storage.asked.handovers import Handovers
from bot.storage.asked.kept_answers import KeptAnswers
from bot.storage.asked.questions import Questions
from bot.storage.asked.thread_turns import ThreadTurns
from bot.storage.channel_shows import ChannelShows
from bot.storage.cipher import Cipher
from bot.storage.consents import Consents
from bot.storage.database import Database, StoreError
from bot.storage.events import Events
from bot.storage.feeds.feeds import Feeds
from bot.storage.installations import Installations
from bot.storage.migrations.upgrade import require_current, upgrade
from bot.storage.posting.announcements import Announcements, NewsPosts
from bot.storage.posting.listening import Listening, UnaskedAnswers
from bot.storage.posting.posts import Posts
from bot.storage.posting.subscriptions import Subscriptions
from bot.storage.tables import METADATA
from bot.storage.workspaces import Workspaces

IN_MEMORY = "sqlite:///:memory:"
EVENTS_KEPT = timedelta(hours=25)  # Slack delivers again for a day
# Of questions that wait for an answer and that no loop has looked at; chosen by hand.
OPEN_KEPT = timedelta(hours=1)


def new_id() -> str:
    """Return an id that nobody guesses and no two processes make."""
    return uuid.uuid4().hex


def _prepare(database: Database, url: str) -> None:
    """Make the tables in memory, bring those of SQLite up to date, look at those of PostgreSQL."""
    if url == IN_MEMORY:  # `chat` starts sooner without Alembic
        with database.writing() as connection:
            METADATA.create_all(connection)
    elif database.engine.dialect.name == "sqlite":
        upgrade(database)
    else:
        require_current(database)


@dataclass(frozen=True, slots=True)
class Store:
    """The tables, each with what is done with it. Every call is a transaction of its own.

    Every call raises `StoreError` where the database fails; none keeps anything half.
    """

    database: Database
    cipher: Cipher
    events: Events
    workspaces: Workspaces
    consents: Consents
    questions: Questions
    subscriptions: Subscriptions
    posts: Posts
    handovers: Handovers
    kept_answers: KeptAnswers
    thread_turns: ThreadTurns
    feeds: Feeds
    announcements: Announcements
    news_posts: NewsPosts
    listening: Listening
    unasked_answers: UnaskedAnswers
    channel_shows: ChannelShows

    @classmethod
    def open(cls, url: str = IN_MEMORY, *, keys: Sequence[str] = (), connections: int = 10) -> Self:
        """Return the store at a URL of SQLAlchemy's, its tables in place.

        SQLite is migrated; of PostgreSQL the version is checked, and StoreError says what to run.
        `keys` are those of `Cipher`, newest first; `connections` is how many are open at most.
        """
        database = Database(url, connections=connections)
        try:
            _prepare(database, url)
            return cls.on(database, Cipher(keys))
        except StoreError:
            database.close()
            raise

    @classmethod
    def on(cls, database: Database, cipher: Cipher) -> Self:
        """Return the store in a database, whatever the state of its tables."""
        workspaces = Workspaces(database, cipher)
        return cls(
            database=database,
            cipher=cipher,
            events=Events(database),
            workspaces=workspaces,
            consents=Consents(database, workspaces),
            questions=Questions(database, workspaces),
            subscriptions=Subscriptions(database),
            posts=Posts(database),
            handovers=Handovers(database),
            kept_answers=KeptAnswers(database),
            thread_turns=ThreadTurns(database, workspaces),
            feeds=Feeds(database, cipher),
            announcements=Announcements(database),
            news_posts=NewsPosts(database),
            listening=Listening(database, workspaces),
            unasked_answers=UnaskedAnswers(database),
            channel_shows=ChannelShows(database),
        )

    def installations(self, client_id: str) -> Installations:
        """Return the installations of an app."""
        return Installations(client_id, self.database, self.cipher)

    def ping(self) -> None:
        """Raise StoreError if the database does not answer."""
        with self.database.reading() as connection:
            connection.execute(text("SELECT 1"))

    def clean_up(self, now: datetime, *, kept: timedelta) -> None:
        """Delete what has been kept for long enough: events, and what people wrote."""
        self.events.delete_before(now - EVENTS_KEPT)
        self.listening.delete_before(now - OPEN_KEPT)
        self.questions.delete_before(now - kept)
        self.handovers.delete_before(now - kept)  # with the answers kept of them
        self.thread_turns.delete_before(now - kept)
        self.unasked_answers.delete_before(now - kept)

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
