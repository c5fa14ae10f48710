"""What the page shows, counted from what one workspace asked. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.episodes import Entry, Episode, Library
from bot.reports import (
    Day,
    Quoting,
    Report,
    Share,
    about,
    by_day,
    quoting,
    report_of,
    shares,
    shows_about,
)
from bot.storage import Feedback, Question

MOST_DAYS = 90  # of bars beside each other; chosen by hand: they can be told apart on a phone
_SHOWS = 20  # that have a drawing each; chosen by hand


@dataclass(frozen=True, slots=True)
class Show:
    """A show, what was asked about it, and when."""

    share: Share
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The episode whose timeline is drawn."""

    entry: Entry
    episode: Episode
    quoting: Quoting


@dataclass(frozen=True, slots=True)
class Insights:
    """What was asked on some days in a row, the last of them today, in UTC.

    `shows` are empty where there is but one. `episodes` are shares by slug, the most asked first.
    `nowhere` is how many declined questions were about no episode in particular. `chosen` is None
    without an episode.
    """

    days: tuple[Day, ...]
    report: Report
    shows: tuple[Show, ...]
    episodes: tuple[Share, ...]
    nowhere: int
    chosen: Chosen | None


def since(now: datetime, retention_days: int) -> datetime:
    """Return the first moment that counts: the beginning of a day, in UTC.

    It is never before what is kept, and `MOST_DAYS` ago at most.
    """
    days = min(MOST_DAYS, retention_days) - 1
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


def insights_of(
    questions: Sequence[Question],
    judged: Sequence[Feedback],
    library: Library,
    days: tuple[datetime, datetime],
    slug: str | None = None,
) -> Insights:
    """Return the insights of a workspace's questions and thumbs, from one moment to another.

    Args:
        questions: those of the workspace.
        judged: its thumbs.
        library: the episodes that are loaded.
        days: the first moment, as `since` has it, and the last one, in UTC.
        slug: the episode whose timeline is wanted, which is loaded; None for the most quoted one.
    """
    first, last = (one.date() for one in days)
    episodes = shares(questions, about)
    chosen = slug or _most_quoted(episodes, library)
    return Insights(
        days=by_day(questions, first, last),
        report=report_of(questions, judged, days[0]),
        shows=tuple(_shows(questions, library, first, last)),
        episodes=episodes,
        nowhere=sum(not one.answered and not about(one) for one in questions),
        chosen=None if chosen is None else _chosen(questions, library, chosen),
    )


def _shows(
    questions: Sequence[Question], library: Library, first: date, last: date
) -> Iterator[Show]:
    """Yield each of several shows that something was asked about."""
    shows = {entry.slug: entry.show for entry in library.entries}
    if len(set(shows.values())) < 2:  # noqa: PLR2004 - one show is the whole
        return
    asked = defaultdict[str, list[Question]](list)
    for one in questions:
        for name in shows_about(one, shows):
            asked[name].append(one)
    for share in shares(questions, lambda one: shows_about(one, shows))[:_SHOWS]:
        yield Show(share, by_day(asked[share.name], first, last))


def _most_quoted(episodes: Iterable[Share], library: Library) -> str | None:
    """Return the slug of the most quoted episode that is loaded, else of the newest."""
    loaded = (one for one in episodes if one.answered and library.place(one.name) is not None)
    best = max(loaded, key=lambda one: one.answered, default=None)
    newest = library.entries[-1].slug if library.entries else None
    return best.name if best else newest


def _chosen(questions: Sequence[Question], library: Library, slug: str) -> Chosen | None:
    at = library.place(slug)
    if at is None:
        return None
    episode = library.episodes[at]
    return Chosen(library.entries[at], episode, quoting(questions, episode))
