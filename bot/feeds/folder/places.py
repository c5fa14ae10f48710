"""Where in the knowledge folder an episode lies."""

import os
from collections.abc import Collection
from itertools import chain
from pathlib import Path

from bot.episodes.metadata import METADATA
from bot.feeds.folder.naming import is_safe, names
from bot.feeds.folder.records import read_record
from bot.feeds.model import Feed, Item


def place_for(
    folder: Path, item: Item, feed: Feed, slug: str | None, others: Collection[str] = ()
) -> Path:
    """Return the folder of an episode: the one it has, else one that nothing else is called.

    `slug` is what the episode is known by, None for one that is new; `others` are the names of
    episodes that other feeds have, should they have the same guid.
    """
    offered = [folder / name for name in names(item, feed)]
    its_own = [folder / slug] if slug and is_safe(slug) else []
    return next(
        chain(
            (path for path in its_own if _is_folder(path) or not os.path.lexists(path)),
            (path for path in offered if path.name not in others and _is_of(path, item, feed)),
            (path for path in offered if _is_free(path)),
        )
    )


def _is_free(path: Path) -> bool:
    """Return whether nothing is called so, no file with an ending either: it is an episode too."""
    return not os.path.lexists(path) and not any(path.parent.glob(f"{path.name}.*"))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_of(place: Path, item: Item, feed: Feed) -> bool:
    """Return whether a folder is an episode's: of shows without a plain name many are alike."""
    record = read_record(place / METADATA) if _is_folder(place) else None
    return record is not None and (record.guid, record.show) == (item.guid, feed.title)
