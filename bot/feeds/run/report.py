"""What came of looking at a feed, and how that is said."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.feeds.model import Feed
from bot.feeds.reading.values import ACTING
from bot.feeds.run.planning import is_young, newest_first
from bot.feeds.run.seeing import Seen
from bot.feeds.run.taking import Taken
from bot.storage import FeedItem

_MOST = 10  # lines of one kind in a summary; chosen by hand


@dataclass(frozen=True, slots=True)
class Deleted:
    """Which withdrawn episodes were deleted from the folder, and why others stay."""

    rows: tuple[FeedItem, ...] = ()
    stay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a feed lists, and what of it was taken.

    `kept` counts its episodes whose transcript lies in the folder; `came` are those that this look
    brought, `changed` those whose folder it changed. `without` have no transcript, `young` of them
    may still get one; `beyond` have one that was not wanted. `failed` are those that are wanted and
    could not be fetched, or not again. `put_off` were not tried to the end, and `wait` is for how
    many seconds a server wants to be left alone. `beside` are transcripts that were laid beside one
    edited by hand.
    """

    title: str
    listed: int
    kept: int
    came: tuple[FeedItem, ...] = ()
    changed: tuple[FeedItem, ...] = ()
    without: int = 0
    young: int = 0
    beyond: int = 0
    failed: tuple[FeedItem, ...] = ()
    put_off: int = 0
    wait: float = 0.0
    beside: tuple[Path, ...] = ()
    withdrawn: tuple[FeedItem, ...] = ()
    deleted: tuple[FeedItem, ...] = ()
    warnings: tuple[str, ...] = ()


def reported(
    feed: Feed,
    seen: Seen,
    taken: Sequence[Taken],
    newest: int | None,
    deleted: Deleted,
    now: datetime,
) -> Report:
    """Return what came of a run."""
    rows = {**seen.rows, **{one.item.guid: one.known for one in taken}}
    bare = [rows[item.guid] for item in seen.items if not item.transcripts]
    without = [row for row in bare if not row.slug]
    chosen = {item.guid for item in newest_first(seen.items, newest)}
    written = [one for one in taken if one.written]
    put_off = {one.item.guid for one in taken if one.put_off}
    tried = [row for row in rows.values() if row.slug or row.guid in chosen - put_off]
    return Report(
        title=feed.title,
        listed=len(seen.items),
        kept=sum(row.slug is not None for row in rows.values()),
        came=tuple(one.known for one in written if not seen.rows[one.item.guid].slug),
        changed=tuple(one.known for one in written if seen.rows[one.item.guid].slug),
        without=len(without),
        young=sum(is_young(row, now) for row in without),
        beyond=sum(
            bool(item.transcripts) and item.guid not in chosen and not rows[item.guid].slug
            for item in seen.items
        ),
        failed=tuple(row for row in tried if row.failed),
        put_off=len(put_off),
        wait=max((one.wait for one in taken), default=0.0),
        beside=tuple(one.beside for one in taken if one.beside),
        withdrawn=tuple(row for row in seen.withdrawn if row not in deleted.rows),
        deleted=deleted.rows,
        warnings=(*seen.warnings, *_warnings(taken), *deleted.stay),
    )


def has_changed(report: Report) -> bool:
    """Return whether the knowledge folder is another than before."""
    return bool(report.came or report.changed or report.deleted)


def summary(report: Report) -> Iterator[str]:
    """Yield what a person is told of a feed: a line, and one for whatever needs a look."""
    yield from map(printable, _summary(report))


def printable(words: str) -> str:
    """Return words that a terminal shows as they are, in a line."""
    return ACTING.sub("\N{REPLACEMENT CHARACTER}", words)


def _summary(report: Report) -> Iterator[str]:
    yield f"{report.title}: {', '.join(_counts(report))}"
    yield from _listed(f"{row.title}: {row.failed}" for row in report.failed)
    for path in report.beside:
        what = f"{path.parent.name} was edited by hand and stays; what was fetched lies beside it"
        yield f"  {what}, in {path.name}"
    for what, rows in (("withdrawn, but kept", report.withdrawn), ("deleted", report.deleted)):
        yield from _listed(f"{row.title}: {what} ({row.slug})" for row in rows)
    yield from _listed(f"warning: {one}" for one in report.warnings)


def _counts(report: Report) -> Iterator[str]:
    yield f"{_episodes(report.listed)}, {report.kept} with a transcript here"
    if report.came or report.changed:
        yield f"{len(report.came)} new and {len(report.changed)} changed"
    if report.without:
        again = f" ({report.young} may still get one)" if report.young else ""
        yield f"{report.without} without a transcript{again}"
    if report.beyond:
        yield f"{report.beyond} left out as older"
    kept = sum(row.slug is not None for row in report.failed)
    if len(report.failed) > kept:
        yield f"{len(report.failed) - kept} failed"
    if kept:
        yield f"{kept} not renewed"
    if report.put_off:
        yield f"{report.put_off} put off"


def _listed(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first of many lines, and how many more there are."""
    each = list(lines)
    yield from (f"  {one}" for one in each[:_MOST])
    if len(each) > _MOST:
        yield f"  … and {len(each) - _MOST} more"


def _warnings(taken: Sequence[Taken]) -> Iterator[str]:
    yield from (f"{one.item.title}: {what}" for one in taken for what in one.warnings)


def _episodes(number: int) -> str:
    return f"{number} episode" if number == 1 else f"{number} episodes"
