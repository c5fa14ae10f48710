"""What the bot keeps: in a SQLite file, in memory, or in PostgreSQL."""

from bot.storage.asked.model import (
    Asker,
    Feedback,
    Handover,
    KeptAnswer,
    Move,
    Passage,
    Question,
    ThreadTurn,
)
from bot.storage.cipher import Cipher
from bot.storage.database import Database, StoreError
from bot.storage.feeds.model import FeedItem, FollowedFeed, NewEpisode
from bot.storage.installations import Installations
from bot.storage.migrations.upgrade import upgrade
from bot.storage.posting.model import (
    Claim,
    ListeningChannel,
    NewsChannel,
    NewsPost,
    OpenQuestion,
    Post,
    PostState,
    Recorded,
    Subscription,
    UnaskedAnswer,
)
from bot.storage.store import IN_MEMORY, Store, new_id
from bot.storage.writer import WRITTEN_EVERY, BatchWriter

__all__ = [
    "IN_MEMORY",
    "WRITTEN_EVERY",
    "Asker",
    "BatchWriter",
    "Cipher",
    "Claim",
    "Database",
    "FeedItem",
    "Feedback",
    "FollowedFeed",
    "Handover",
    "Installations",
    "KeptAnswer",
    "ListeningChannel",
    "Move",
    "NewEpisode",
    "NewsChannel",
    "NewsPost",
    "OpenQuestion",
    "Passage",
    "Post",
    "PostState",
    "Question",
    "Recorded",
    "Store",
    "StoreError",
    "Subscription",
    "ThreadTurn",
    "UnaskedAnswer",
    "new_id",
    "upgrade",
]
