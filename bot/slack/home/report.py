"""What was asked in a workspace, for its admins, as Block Kit. Pure."""

from collections.abc import Iterable, Iterator

from bot.reports import Report, Thumbs
from bot.slack.answer.feedback import REASONS
from bot.slack.blocks.elements import Block, bullets, literal, plain, rich, section
from bot.slack.blocks.message import LABEL, LEAD, text_line

MOST = 10  # of each list that grows with what people do
AWAY = "That cannot be read right now. Open this page again in a few minutes."


def report_blocks(report: Report | None, days: int) -> Iterator[Block]:
    """What admins see: what was asked in their workspace, without names."""
    yield heading(f"What was asked here in the last {days_in_words(days)}")
    if report is None:
        yield rich(text_line(AWAY))
        return
    yield rich(
        text_line(
            f"{_questions(report.asked)}: {report.answered:,} answered, {report.declined:,} not. "
            f"Thumbs: {report.up:,} up, {report.down:,} down. Only admins see this."
        )
    )
    yield from _items(
        "What the episodes did not answer:",
        (f"{group.count:,} × {group.example}" for group in report.unanswered[:MOST]),
        len(report.unanswered),
    )
    yield from _items("Thumbs by passage:", map(_thumbs, report.thumbs[:MOST]), len(report.thumbs))
    yield from _items(
        "Most quoted:",
        (f"{one.count:,} × {one.segment} ({one.episode})" for one in report.quoted[:MOST]),
        len(report.quoted),
    )


def _items(title: str, words: Iterable[str], count: int) -> Iterator[Block]:
    """A list below its title; nothing where it is empty."""
    if count:
        listed = bullets(section(literal(one, LEAD)) for one in words)
        yield rich(section(literal(title, LABEL, bold=True)), listed, *more(count))


def more(count: int) -> list[Block]:
    """The text_line below a list that shows the first `MOST` of so many."""
    return [text_line(f"… and {count - MOST:,} more")] if count > MOST else []


def _thumbs(thumbs: Thumbs) -> str:
    passage = thumbs.passage
    where = (
        f"{passage.segment} ({passage.episode}, {passage.start}-{passage.end})" if passage else ""
    )
    why = ", ".join(
        f"{count:,} × {REASONS[reason]}" for reason, count in thumbs.reasons if reason in REASONS
    )
    counted = f"{thumbs.up:,} up, {thumbs.down:,} down: {where or 'answers without a quote'}"
    return f"{counted} — {why}" if why else counted


def days_in_words(days: int) -> str:
    """So many days."""
    return "1 day" if days == 1 else f"{days} days"


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count:,} questions"


def heading(words: str) -> Block:
    """What parts a page, for eyes and for screen readers."""
    return {"type": "header", "text": plain(words, LABEL)}
