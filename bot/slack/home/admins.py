"""The part of the App Home that admins alone see, as Block Kit. Pure."""

from collections.abc import Iterator

from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.elements import (
    DIVIDER,
    Block,
    button,
    context,
    paragraph,
    plain,
    rich,
    row,
    shorten,
)
from bot.slack.blocks.message import CREDIT, LABEL, LEAD, text_line
from bot.slack.home.contents import Home
from bot.slack.home.report import AWAY, days_in_words

REPORT, INSIGHTS = "whole_report", "insights"
SET_LISTENING = "set_listening"
MODEL_ON, MODEL_OFF = "model_on", "model_off"
_UNREAD = "Only admins see this: in the knowledge folder, something cannot be read. "
_ADMINS = "Only admins and owners see this part."


def unread(faults: tuple[str, ...]) -> Block:
    """Return what an admin is told of files that cannot be read."""
    more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    shown = shorten(faults[0], LABEL + CREDIT)
    return rich(text_line(f"{_UNREAD}{shown}{more}"))


def for_admins(home: Home) -> Iterator[Block]:
    """Yield what admins see: the figures, answers unasked, a model that is hosted elsewhere."""
    yield DIVIDER
    yield context(plain(_ADMINS, LEAD))
    yield from _figures(home)
    yield _listening()
    if home.hosted:
        yield from _consent(home)
    yield DIVIDER


def _listening() -> Block:
    """Return what listening in a channel is, and the button that turns it on."""
    lines = (
        "*Answers unasked*",
        "In a channel of your choice, for questions that nobody replies to.",
    )
    open_form = button(SET_LISTENING, "Set it up", SET_LISTENING, "Listen for questions")
    return paragraph(*lines, beside=open_form)


def _consent(home: Home) -> Iterator[Block]:
    """Yield what a model that is hosted elsewhere sees, and the button that turns it on or off."""
    state = "On." if home.model else "Off: no question goes to it."
    action, label = (MODEL_OFF, "Turn it off") if home.model else (MODEL_ON, "Turn it on")
    value = model_value(home.hosted)
    switch = button(action, label, value, f"{label}: a language model")
    yield paragraph("*A language model*", state, beside=switch)
    says = (
        f"{shorten(home.hosted, LABEL)} can choose among the passages that I found for a question. "
        "It sees the question, the thread's earlier questions to me and up to twelve passages, and "
        "never who asked; it writes nothing that you see."
    )
    yield context(plain(says, LEAD))


def model_value(hosted: str) -> str | None:
    """Return what the button carries, so that it agrees to no other model; None for no model."""
    return shorten(hosted, BUTTON_VALUE) if hosted else None


def _figures(home: Home) -> Iterator[Block]:
    """Yield an admin's three numbers, and the buttons that show the whole report and more."""
    title = f"*The last {days_in_words(home.days)}*"
    report = home.report
    if report is None:
        yield paragraph(title, AWAY)
        return
    numbers = (
        f"{report.asked:,} asked · {report.answered:,} answered · {report.declined:,} declined"
    )
    whole = button(REPORT, "Whole report", REPORT, "Whole report: what was asked, without names")
    yield paragraph(title, numbers, beside=whole)
    if home.insights:
        more = button(INSIGHTS, "Insights", INSIGHTS, "Insights: opens a page, for an hour")
        yield from row({**more, "url": home.insights} if more else None)
