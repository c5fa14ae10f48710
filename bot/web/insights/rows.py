"""The rows of the page's tables: what each thing is called, how often, and its drawing. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from bot.episodes import Entry, Library
from bot.episodes.names import has_shows
from bot.episodes.titles import display_titles
from bot.reports import Day, Report
from bot.slack.blocks.elements import shorten
from bot.slack.home.gathering import places, segment_name
from bot.slack.home.report import by_place, why_declined
from bot.web.insights.drawings import bar, of_share, of_show
from bot.web.insights.gathering import Chosen, Insights
from bot.web.insights.scales import clock

MOST = 10  # rows of each table that grows with what people do; chosen by hand
_WORDS = 160  # characters of a question, or of a place; chosen by hand: three lines of a phone
NO_DRAWING = Markup()
_WHOLE, _GONE = "The whole episode", "an episode that is not loaded any more"

# Makes the address of a page with a quote marked, of slug, digest and span; None without pages.
PageOf = Callable[[str, str, int, int], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a name, perhaps with an address and a remark, a drawing, and numbers."""

    name: str
    numbers: tuple[str, ...]
    drawing: Markup = NO_DRAWING
    href: str | None = None
    remark: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, and how many more there are than are shown."""

    rows: tuple[Row, ...]
    more: int = 0


def day_rows(days: Iterable[Day]) -> Iterator[Row]:
    """Yield the days on which something was asked, the latest first."""
    for day in sorted(days, key=lambda day: day.date, reverse=True):
        if day.asked:
            name = f"{day.date.day} {day.date:%B %Y}"
            yield Row(name, _counted(day.answered, day.declined))


def show_table(found: Insights) -> Table:
    """Return the shows, the most asked first."""
    most = max((day.asked for show in found.shows for day in show.days), default=0)
    rows = (
        Row(
            show.share.name or "Without a name",
            _counted(show.share.answered, show.share.declined),
            of_show(show.days, most),
        )
        for show in found.shows
    )
    return _table(rows, len(found.shows))


def episode_table(found: Insights, library: Library, address: Callable[[str], str]) -> Table:
    """Return the episodes, the most asked first; `address` leads to the timeline of a slug."""
    most = max((share.asked for share in found.episodes), default=0)
    loaded = {entry.slug: entry for entry in library.entries}
    several = has_shows(library.entries)
    rows = (
        Row(
            _label(loaded.get(share.name)),
            _counted(share.answered, share.declined),
            of_share(share, most),
            address(share.name) if share.name in loaded else None,
            loaded[share.name].show if several and share.name in loaded else "",
        )
        for share in found.episodes
    )
    return _table(rows, len(found.episodes))


def chapter_names(chosen: Chosen) -> list[str]:
    """Return what readers call the chapters of an episode."""
    titles = display_titles(chosen.episode)
    names = [segment_name(titles, one.segment) for one in chosen.quoting.chapters]
    return [name or (_WHOLE if len(names) == 1 else "Without a heading") for name in names]


def chapter_rows(chosen: Chosen, names: Sequence[str]) -> Iterator[Row]:
    """Yield the chapters in order."""
    most = max((one.answers for one in chosen.quoting.chapters), default=0)
    for one, name in zip(chosen.quoting.chapters, names, strict=True):
        drawn = bar([("answered", one.answers)], most)
        yield Row(name, (f"{one.answers:,}",), drawn, time=clock(one.since))


def place_table(chosen: Chosen, page: PageOf) -> Table:
    """Return the most quoted places, in the episode's words, and where each can be read."""
    episode = chosen.episode
    rows = (
        Row(
            shorten(episode.words(one.span), _WORDS),
            (f"{one.answers:,}",),
            href=page(episode.slug, episode.digest, one.span.start, one.span.end),
            time=clock(one.since),
        )
        for one in chosen.quoting.places
    )
    return _table(rows, len(chosen.quoting.places))


def unanswered_table(report: Report) -> Table:
    """Return what was not answered, the most asked first."""
    most = max((one.count for one in report.unanswered), default=0)
    rows = (
        Row(
            shorten(one.example, _WORDS),
            (f"{one.count:,}",),
            bar([("declined", one.count)], most),
            remark=f"last on {one.latest.day} {one.latest:%B %Y}",
        )
        for one in report.unanswered
    )
    return _table(rows, len(report.unanswered))


def reason_rows(report: Report) -> Iterator[Row]:
    """Yield why questions were declined, the commonest first."""
    most = max((count for _, count in report.reasons), default=0)
    for why, count in report.reasons:
        said = why_declined(why)
        drawn = bar([("declined", count)], most)
        yield Row(said[:1].upper() + said[1:], (f"{count:,}",), drawn)


def thumb_table(report: Report, library: Library) -> Table:
    """Return the thumbs by place, the most down first."""
    judged = by_place(report.thumbs, places(library))
    most = max((one.up + one.down for one in judged), default=0)
    rows = (
        Row(
            one.place,
            _counted(one.up, one.down),
            bar([("answered", one.up), ("declined", one.down)], most),
            remark=", ".join(f"{count:,} × {words}" for words, count in one.reasons),
        )
        for one in judged
    )
    return _table(rows, len(judged))


def choices(found: Insights, library: Library) -> Mapping[str, str]:
    """Return what the loaded episodes that were quoted are called, by slug, and the chosen one."""
    quoted = {share.name for share in found.episodes if share.answered}
    if found.chosen:
        quoted.add(found.chosen.entry.slug)
    newest_first = reversed(library.entries)
    return {entry.slug: _label(entry) for entry in newest_first if entry.slug in quoted}


def _table(rows: Iterable[Row], whole: int) -> Table:
    """Return the first rows of so many; the others are not drawn."""
    return Table(tuple(islice(rows, MOST)), max(0, whole - MOST))


def _label(entry: Entry | None) -> str:
    return entry.label if entry else _GONE


def _counted(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in numbers)
