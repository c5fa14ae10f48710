"""The run of a feed: what it lists beside what is kept, what is due of it, and what came of that.

Each episode is written down once its transcript lies in the folder. A run that is ended at any
moment is gone on with by the next: what has a row is not asked for again, and what was kept without
one is found in the folder.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from bot.errors import BotError
from bot.feeds.fetching import several
from bot.feeds.folder.keeping import KeepError, delete
from bot.feeds.means import Means, Memory, Wanted
from bot.feeds.model import Feed, Item
from bot.feeds.run.keepers import keepers
from bot.feeds.run.planning import is_due, is_news, is_settled, newest_first
from bot.feeds.run.recovering import in_folder
from bot.feeds.run.report import Deleted, Report, reported
from bot.feeds.run.seeing import Seen, see
from bot.feeds.run.spool import Spool
from bot.feeds.run.taking import Taken, Taker
from bot.storage import FeedItem, NewEpisode

_AT_ONCE = 3  # episodes: one is fetched, one read, one written down; chosen by hand


def run(feed: Feed, wanted: Wanted, memory: Memory, means: Means) -> Report:
    """Take what is due of a feed into the folder.

    Raises:
        BotError: the folder cannot be written, or another process has taken over (LostError).
    """
    known, now = memory.items(), means.clock()
    untried = _is_untried(newest_first(feed.items, wanted.newest), known)
    lying = in_folder(means.folder, memory.slugs_of_others()) if untried else ()
    seen = see(feed, known, lying, new=wanted.new, now=now)
    memory.put([_owing(row, known, now) for row in seen.changed], seen.replaced)
    tell_news(feed.title, memory, means)
    chosen = _chosen(seen, wanted)
    others = {guid: row for guid, row in known.items() if guid not in seen.replaced}
    memory.put(list(_laid_down({**others, **seen.rows}, chosen, means, now)))
    due = [one for one in chosen if _is_due(one, seen, means, now, again=wanted.again)]
    if due:
        require_writable(means.folder)
    taken = list(_take(due, feed, seen, wanted, memory, means))
    Spool(means.folder).tidy()
    deleted = _delete(seen, memory, means) if wanted.deleted else Deleted()
    return reported(feed, seen, taken, wanted.newest, deleted, now)


def tell_news(show: str, memory: Memory, means: Means) -> None:
    """Announce what is owed: it is at once, unless the process was ended right before."""
    for row in memory.items().values():
        tell_of(show, row, memory, means)


def tell_of(show: str, row: FeedItem, memory: Memory, means: Means) -> None:
    """Announce an episode where that is owed, then say that it was."""
    if row.announce and row.slug:
        # As the episode's own file is read: composed.
        show, title = (unicodedata.normalize("NFC", words) for words in (show, row.title))
        means.announce(NewEpisode(show, row.slug, title, row.published))
        memory.announced(row.guid)


def require_writable(folder: Path) -> None:
    """Raise BotError where nothing can be kept in the folder, before anything is asked for."""
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def _is_untried(chosen: Sequence[Item], known: Mapping[str, FeedItem]) -> bool:
    """Return whether one of the items may lie in the folder without a row that says so."""
    rows = (known.get(item.guid) for item in chosen)
    return any(row is None or (row.slug is None and row.tried_at is None) for row in rows)


def _owing(row: FeedItem, known: Mapping[str, FeedItem], now: datetime) -> FeedItem:
    """Return the row of an episode, which is to be announced where it is new in the folder too."""
    before = known.get(row.guid)
    came = row.slug is not None and (before is None or before.slug is None)
    return replace(row, announce=True) if came and is_news(row, now) else row


def _chosen(seen: Seen, wanted: Wanted) -> list[Item]:
    """Return the episodes that are wanted, and those that are kept already, the newest first."""
    newest = {item.guid for item in newest_first(seen.items, wanted.newest)}
    return [
        item
        for item in newest_first(seen.items, None)
        if item.guid in newest or seen.rows[item.guid].slug
    ]


def _laid_down(
    rows: Mapping[str, FeedItem], chosen: Sequence[Item], means: Means, now: datetime
) -> Iterator[FeedItem]:
    """Yield the rows of episodes that are wanted no more, without what is left to do for them.

    Else the feed would be read whole for them at every look.
    """
    guids = {item.guid for item in chosen}
    for guid, row in rows.items():
        there = is_there(means.folder, row)
        left = row.failed is not None or not is_settled(row, now, there=there)
        if guid not in guids and left:
            slug = row.slug if there else None
            # Without its state it is tried once it is wanted again.
            yield replace(row, slug=slug, state=None, tried_at=None, failed=None)


def _is_due(item: Item, seen: Seen, means: Means, now: datetime, *, again: bool) -> bool:
    row = seen.rows[item.guid]
    if again and row.failed is not None and not row.gone:
        return True
    return is_due(item, row, now, there=is_there(means.folder, row))


def is_there(folder: Path, row: FeedItem) -> bool:
    """Return whether what is kept of an episode lies in the folder."""
    return row.slug is not None and (folder / row.slug).is_dir()


def _take(
    due: Sequence[Item],
    feed: Feed,
    seen: Seen,
    wanted: Wanted,
    memory: Memory,
    means: Means,
) -> Iterator[Taken]:
    """Try what is due, and write down what became of each as it ends."""
    others = memory.slugs_of_others()
    try:
        with keepers(beside=len(due) >= means.many) as keep:
            taker = Taker(feed, wanted.language, means, keep, others)
            # Who asks whom is the fetcher's affair: while one is fetched, others are read and kept.
            jobs = several(
                due,
                lambda item: item.guid,
                lambda item: taker.take(item, seen.rows[item.guid]),
                at_once=_AT_ONCE,
            )
            for done, taken in enumerate(jobs, 1):
                if not taken.put_off:
                    came = _owing(taken.known, seen.rows, means.clock())
                    memory.put([came])
                    tell_of(feed.title, came, memory, means)
                means.progress(done, len(due), taken.item.title)
                yield taken
    except OSError as error:
        raise _unwritable(means.folder, error) from error


def delete_all(rows: Iterable[FeedItem], folder: Path) -> dict[str, KeepError]:
    """Delete episodes from the folder; return, by guid, why some of them stay.

    Raises:
        BotError: the folder cannot be written.
    """
    stay = {}
    for row in rows:
        try:
            delete(folder, row.slug or "", row.digests)
        except KeepError as error:
            stay[row.guid] = error
        except OSError as error:
            raise _unwritable(folder, error) from error
    return stay


def _delete(seen: Seen, memory: Memory, means: Means) -> Deleted:
    """Delete from the folder what the feed has taken back."""
    stay = delete_all(seen.withdrawn, means.folder)
    gone = tuple(row for row in seen.withdrawn if row.guid not in stay)
    memory.put([], [row.guid for row in gone])
    return Deleted(gone, tuple(map(str, stay.values())))


def _unwritable(folder: Path, error: OSError) -> BotError:
    return BotError(
        f"{folder} cannot be written ({error.strerror}), and what is fetched is kept there; set "
        "KNOWLEDGE_DIR to a folder that can be"
    )
