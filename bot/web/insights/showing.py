"""What the page's template is given: figures, tables, drawings, addresses. Pure."""

from collections.abc import Callable
from typing import Any

from bot.episodes import Library
from bot.web.insights.drawings import answers, over_time, scale, timeline
from bot.web.insights.gathering import Chosen, Insights
from bot.web.insights.rows import (
    PageOf,
    chapter_names,
    chapter_rows,
    choices,
    day_rows,
    episode_table,
    place_table,
    reason_rows,
    show_table,
    thumb_table,
    unanswered_table,
)


def shown(
    found: Insights, library: Library, page: PageOf, address: Callable[[str], str]
) -> dict[str, Any]:
    """Return the variables of `insights.html`.

    Args:
        found: what was counted.
        library: the episodes that are loaded.
        page: makes the address of a quote's page.
        address: makes the address of this page with the timeline of another episode.
    """
    report = found.report
    return {
        "figures": _figures(found),
        "first": found.days[0].date,
        "last": found.days[-1].date,
        "asked": report.asked,
        "over_time": over_time(found.days, "days"),
        "days": tuple(day_rows(found.days)),
        "shows": show_table(found),
        "episodes": episode_table(found, library, address),
        "nowhere": found.nowhere,
        "choices": choices(found, library),
        "chosen": found.chosen and _chosen(found.chosen, page),
        "unanswered": unanswered_table(report),
        "reasons": tuple(reason_rows(report)),
        "thumbs": thumb_table(report, library),
    }


def _figures(found: Insights) -> list[tuple[str, str, str]]:
    """Return the numbers at the top: what each counts, the number, and its share."""
    report = found.report
    thumbs = report.up + report.down
    return [
        ("asked", f"{report.asked:,}", ""),
        ("answered", f"{report.answered:,}", _share(report.answered, report.asked)),
        ("declined", f"{report.declined:,}", _share(report.declined, report.asked)),
        ("thumbs up", f"{report.up:,}", _share(report.up, thumbs)),
        ("thumbs down", f"{report.down:,}", _share(report.down, thumbs)),
    ]


def _chosen(chosen: Chosen, page: PageOf) -> dict[str, Any]:
    """Return what is shown of the episode whose timeline is drawn."""
    names = chapter_names(chosen)
    found = chosen.quoting
    return {
        "slug": chosen.entry.slug,
        "title": chosen.entry.label,
        "show": chosen.entry.show,
        "answers": answers(found.answers),
        "is_quoted": bool(found.answers),
        "is_timed": found.milliseconds is not None,
        "timeline": timeline(found, names, "quoted"),
        "scale": scale(),
        "most": answers(max(part.answers for part in found.parts)),
        "chapters": tuple(chapter_rows(chosen, names)),
        "places": place_table(chosen, page),
    }


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""
