"""What was asked in a workspace, for its admins, as a modal. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.reports import Consultations, Report, Thumbs
from bot.slack.answer.feedback import REASONS
from bot.slack.blocks.elements import Block, bullets, literal, rich, section
from bot.slack.blocks.message import LABEL, LEAD, text_line
from bot.slack.blocks.modals import modal

MOST = 10  # of each list that grows with what people do; chosen by hand: the modal stays readable
AWAY = "That cannot be read right now. Open this page again in a few minutes."
ADMINS_ONLY = "The report is for the workspace's admins and owners."
TITLE = "Report"
# What a place in an episode is called, by the episode and its segment as the store keeps them.
Place = Callable[[str, str], str]
_NO_QUOTE = "answers without a quote"
# Why a question was declined, by `NoAnswer.reason`.
_WHY = {
    "below_threshold": "no passage was likely enough to answer",
    "cannot_reword": "a summary or other words were asked for",
    "missing_name": "it named something that the episodes never mention",
    "no_such_item": "there is no takeaway or segment of that number",
    "model_declined": "a language model found no passage that answers",
    "not_helped": "an answer was said to be of no help",
    "nothing_found": "no passage had a word in common with it",
    "nothing_new": "all that answers had been quoted in the thread",
    "nothing_quoted": "it was about a quote, and none stood above",
    "unknown_episode": "it was about an episode that is not loaded",
    "ambiguous_episode": "several episodes have the number that it named",
    "wants_human": "a person was asked for",
    "unknown_term": "the term is not on the reference sheet",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The thumbs of a place, and why those down were; `place` is what people call it."""

    place: str
    up: int
    down: int
    reasons: tuple[tuple[str, int], ...]


def report_view(report: Report | None, days: int, place: Place) -> Block:
    """Return the whole report of the last days, in which no name stands."""
    return modal(TITLE, [*_report(report, days, place)] if report else [rich(text_line(AWAY))])


def days_in_words(days: int) -> str:
    """Return so many days."""
    return "1 day" if days == 1 else f"{days} days"


def _report(report: Report, days: int, place: Place) -> Iterator[Block]:
    yield rich(
        text_line(
            f"The last {days_in_words(days)}: {report.asked:,} asked, {report.answered:,} "
            f"answered, {report.declined:,} declined. Thumbs: {report.up:,} up, "
            f"{report.down:,} down."
        )
    )
    yield from _items(
        "Not answered:", [f"{one.count:,} × {one.example}" for one in report.unanswered]
    )
    yield from _items(
        "Why not:", [f"{count:,} × {why_declined(why)}" for why, count in report.reasons]
    )
    yield from _items("Thumbs by place:", list(map(_thumbs, by_place(report.thumbs, place))))
    quoted = Counter[str]()
    for one in report.quoted:
        quoted[place(one.episode, one.segment)] += one.count
    yield from _items(
        "Most quoted:", [f"{count:,} × {name}" for name, count in quoted.most_common()]
    )
    if report.model:
        yield rich(text_line(_model(report.model)))


def _items(title: str, words: list[str]) -> Iterator[Block]:
    """Yield the first of a list below its title; nothing if it is empty."""
    if words:
        listed = bullets(section(literal(one, LEAD)) for one in words[:MOST])
        left = len(words) - MOST
        rest = [text_line(f"… and {left:,} more")] if left > 0 else []
        yield rich(section(literal(title, LABEL, bold=True)), listed, *rest)


def _model(model: Consultations) -> str:
    """Return what became of the questions that a language model was asked about."""
    return (
        f"A language model was asked about {model.asked:,}: it agreed with me on {model.agreed:,}, "
        f"chose something else for {model.pointed:,}, nothing for {model.declined:,}, and failed "
        f"{model.failed:,} times. Tokens: {model.tokens:,}; seconds each: {model.mean_seconds:g}."
    )


def why_declined(reason: str) -> str:
    """Return why a question was declined, in words; `reason` is `NoAnswer.reason`."""
    return _WHY.get(reason, reason.replace("_", " ") or "the reason was not kept")


def by_place(judged: Iterable[Thumbs], place: Place) -> list[Judged]:
    """Return the thumbs of each place, those of all its passages together, most down first."""
    up, down = Counter[str](), Counter[str]()
    why: dict[str, Counter[str]] = {}
    for one in judged:
        name = place(one.passage.episode, one.passage.segment) if one.passage else _NO_QUOTE
        up[name] += one.up
        down[name] += one.down
        reasons = {reason: count for reason, count in one.reasons if reason in REASONS}
        why.setdefault(name, Counter()).update({REASONS[one]: reasons[one] for one in reasons})
    ordered = sorted(why, key=lambda name: (-down[name], -up[name], name))
    return [Judged(name, up[name], down[name], tuple(why[name].items())) for name in ordered]


def _thumbs(judged: Judged) -> str:
    counted = f"{judged.place}: {judged.up:,} up, {judged.down:,} down"
    reasons = ", ".join(f"{count:,} × {words}" for words, count in judged.reasons)
    return f"{counted} ({reasons})" if reasons else counted
