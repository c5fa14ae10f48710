"""What the bot keeps: in a SQLite file, in memory, or in PostgreSQL."""

from bot.storage.cipher import Cipher
from bot.storage.database import Database, StoreError
from bot.storage.installations import Installations
from bot.storage.migrations.upgrade import upgrade
from bot.storage.model import (
    Asker,
    Claim,
    Feedback,
    Handover,
    Move,
    Passage,
    Post,
    PostState,
    Question,
    Subscription,
    ThreadTurn,
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
    "Feedback",
    "Handover",
    "Installations",
    "Move",
    "Passage",
    "Post",
    "PostState",
    "Question",
    "Store",
    "StoreError",
    "Subscription",
    "ThreadTurn",
    "new_id",
    "upgrade",
]
