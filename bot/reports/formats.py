"""A report as text for a terminal, as JSON and as CSV. Pure."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.reports.consulted import Consultations
from bot.reports.groups import Group
from bot.reports.report import Quoted, Report, Thumbs
from bot.storage import Passage

_SHOWN = 15  # of each list in the text
_WIDTH = 64  # characters of a question or a passage there
_NO_REASON = "no reason"
_NOT_KEPT = "reason not kept"  # of questions from before reasons were kept
_NO_QUOTE = "answers without a quote"
_COLUMNS = ("section", "item", "episode", "segment", "start", "end", "count", "latest")
# What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@＝＋－＠")

_One = TypeVar("_One")


def as_text(report: Report) -> str:
    """Return the figures, then the first of every list; lines of at most 100 characters."""
    title = f"Questions since {report.since.day} {report.since:%B %Y}"
    sections = [
        _figures(report),
        _unanswered(report),
        _declined_for(report),
        _judged(report),
        _commented(report),
        _most_quoted(report),
        _model(report.model),
    ]
    return "\n\n".join("\n".join(lines) for lines in ([title], *map(list, sections)) if lines)


def as_json(report: Report) -> dict[str, Any]:
    """All of it; moments in ISO 8601, in UTC."""
    return {
        "since": _iso(report.since),
        "asked": report.asked,
        "answered": report.answered,
        "declined": report.declined,
        "up": report.up,
        "down": report.down,
        "unanswered": [{**asdict(one), "latest": _iso(one.latest)} for one in report.unanswered],
        "thumbs": [
            {
                "passage": one.passage and asdict(one.passage),
                "up": one.up,
                "down": one.down,
                "reasons": [{"reason": why, "count": count} for why, count in one.reasons],
            }
            for one in report.thumbs
        ],
        "quoted": [asdict(one) for one in report.quoted],
        "comments": list(report.comments),
        "reasons": [{"reason": why, "count": count} for why, count in report.reasons],
        "model": report.model and dict(report.model.figures),
    }


def as_csv(report: Report) -> str:
    """One table; what each row counts is in its `section`, what of it in `item`."""
    table = io.StringIO()
    rows = csv.DictWriter(table, _COLUMNS, restval="", lineterminator="\n")
    rows.writeheader()
    for row in _rows(report):
        rows.writerow({name: _cell(value) for name, value in row.items()})
    return table.getvalue()


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    for name in ("asked", "answered", "declined", "up", "down"):
        yield {"section": "total", "item": name, "count": getattr(report, name)}
    for group in report.unanswered:
        latest = _iso(group.latest)
        yield {
            "section": "unanswered",
            "item": group.example,
            "count": group.count,
            "latest": latest,
        }
    for reason, count in report.reasons:
        yield {"section": "declined", "item": reason or _NOT_KEPT, "count": count}
    for one in report.thumbs:
        passage = {"section": "thumbs", **(asdict(one.passage) if one.passage else {})}
        if one.up:
            yield {**passage, "item": "up", "count": one.up}
        for why, count in one.reasons:
            yield {**passage, "item": f"down: {why or _NO_REASON}", "count": count}
    for quoted in report.quoted:
        yield {"section": "quoted", **asdict(quoted)}
    for comment in report.comments:
        yield {"section": "comment", "item": comment}
    yield from _model_rows(report.model)


def _model_rows(model: Consultations | None) -> Iterator[dict[str, Any]]:
    for name, figure in model.figures.items() if model else ():
        yield {"section": "model", "item": name, "count": figure}


def _cell(value: Any) -> Any:
    """Return a value on one line, and as the text that it is."""
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _figures(report: Report) -> Iterator[str]:
    if not report.asked:
        yield "  Nothing was asked."
        return
    yield f"  asked     {report.asked:>8,}"
    for name in ("answered", "declined"):
        count = getattr(report, name)
        yield f"  {name:9} {count:>8,}{count / report.asked:>7.0%}"


def _unanswered(report: Report) -> Iterator[str]:
    def line(group: Group) -> str:
        words = _cut(group.example, _WIDTH)
        return f"{group.count:>7,} × {words:{_WIDTH}}  last {group.latest:%d %b %Y}"

    return _listed("What the episodes did not answer", report.unanswered, line)


def _declined_for(report: Report) -> Iterator[str]:
    def line(reason: tuple[str, int]) -> str:
        why, count = reason
        return f"{count:>7,} × {why.replace('_', ' ') or _NOT_KEPT}"

    return _listed("Why not", report.reasons, line)


def _judged(report: Report) -> Iterator[str]:
    def lines(one: Thumbs) -> str:
        reasons = f"\n{'':16}{_why(one)}" if any(why for why, _ in one.reasons) else ""
        return f"{one.up:>7,}{one.down:>7,}  {_where(one.passage)}{reasons}"

    title = f"Thumbs: {report.up:,} up, {report.down:,} down\n{'up':>7}{'down':>7}  passage"
    return _listed(title, report.thumbs, lines)


def _commented(report: Report) -> Iterator[str]:
    def line(comment: str) -> str:
        return f"      “{_cut(comment, _WIDTH + 20)}”"

    return _listed("What people added", report.comments, line)


def _most_quoted(report: Report) -> Iterator[str]:
    def line(one: Quoted) -> str:
        return f"{one.count:>7,} × {one.episode} · {_cut(one.segment, _WIDTH)}"

    return _listed("Most quoted", report.quoted, line)


def _model(model: Consultations | None) -> Iterator[str]:
    if model:
        yield "A language model"
        for name, figure in model.figures.items():
            yield f"  {name.replace('_', ' '):12}{figure:>12,}"


def _listed(title: str, found: Sequence[_One], line: Callable[[_One], str]) -> Iterator[str]:
    """Yield the first of a list below its title, and how many more there are; nothing for none."""
    if found:
        yield title
        yield from map(line, found[:_SHOWN])
    if len(found) > _SHOWN:
        yield f"          and {len(found) - _SHOWN:,} more; --json and --csv list all"


def _where(passage: Passage | None) -> str:
    if passage is None:
        return _NO_QUOTE
    segment = _cut(passage.segment, _WIDTH - 20)
    return f"{passage.episode} · {segment} · {passage.start}-{passage.end}"


def _cut(words: str, width: int) -> str:
    """Return the beginning of what is too long, be it without a space as in Japanese or a link."""
    return words if len(words) <= width else f"{words[: width - 2].rstrip()} …"


def _why(thumbs: Thumbs) -> str:
    return ", ".join(
        f"{(why or _NO_REASON).replace('_', ' ')} {count:,}" for why, count in thumbs.reasons
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
