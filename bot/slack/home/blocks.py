"""The App Home as Block Kit. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.daily.time_zones import shown
from bot.reports import Report
from bot.slack.asking.form import ASK
from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.elements import (
    Block,
    button,
    context,
    literal,
    plain,
    rich,
    row,
    section,
    shorten,
)
from bot.slack.blocks.message import CREDIT, LABEL, LEAD, text_line
from bot.slack.blocks.modals import TEXT, option
from bot.slack.help import COMMAND
from bot.slack.home.report import AWAY, days_in_words
from bot.slack.quiz.views import QUIZ
from bot.storage import Subscription

SET_DAILY, DEFINE, REPORT = "set_daily", "define_term", "whole_report"
SET_NEWS = "set_new_episodes"
SET_LISTENING = "set_listening"
INSIGHTS = "insights"
MODEL_ON, MODEL_OFF = "model_on", "model_off"
# Each button of a row has an id of its own.
TRY = ("try_question_1", "try_question_2", "try_question_3")
LISTS = {"list_segments": "segments", "list_takeaways": "takeaways", "list_terms": "terms"}
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
_MOST_OPTIONS = 100
_SHOWN = 3  # daily takeaways; chosen by hand, for the page is to be seen at a glance
_DIVIDER: Block = {"type": "divider"}
_SAYS = "I quote the episode word for word, and say so when it doesn't tell."
_SAYS_OF_SEVERAL = "I quote the episodes word for word, and say so when they don't tell."
_LESS_SURE = (
    ":warning: My reading model is out of order, so I go by words alone: I miss more, and may be"
    " wrong more often. Whoever runs me finds the reason in the log and under `/readyz`."
)
_UNREAD = "Only admins see this: in the knowledge folder, something cannot be read. "
_ADMINS = "Only admins and owners see this part."
_NO_EPISODE = "No episode is loaded yet, so there is nothing to ask."


@dataclass(frozen=True, slots=True)
class Card:
    """What Home says of the newest episode.

    `show` is empty where it has no name, or where there are several. `facts` are its number,
    length and hosts in a line. `counts` say how many there are of a list, such as `8 takeaways`, by
    the button that shows it.
    """

    show: str
    title: str
    facts: str
    counts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily takeaways that a person has set up, and how many `others` to tell them of."""

    own: tuple[Subscription, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's Home shows.

    `card` is None if no episode is loaded. `questions` are up to three to try, `terms` those of the
    reference sheet. `daily` is None if the store is away, and so is an admin's `report` of the last
    `days`. `why_not_daily` is why they may not set a daily takeaway, if so. `fault` is why the bot
    cannot read closely, if so. `unread` are the faults of the knowledge folder, one for each file.
    `picker` is what one of several episodes is chosen with. `insights` is the address of the page
    that shows an admin more than the report, None where there are no pages. `model` is the language
    model that sees questions, `hosted` the one that an admin may turn on and off; empty for none.
    """

    card: Card | None
    questions: tuple[str, ...]
    terms: tuple[str, ...]
    quiz: bool
    retention_days: int
    daily: Daily | None
    why_not_daily: str | None
    days: int
    is_admin: bool = False
    report: Report | None = None
    fault: str | None = None
    unread: tuple[str, ...] = ()
    picker: Block | None = None
    insights: str | None = None
    model: str = ""
    hosted: str = ""


def home_view(home: Home) -> Block:
    """Return the whole page: what to do first, the episode, the daily takeaway, the figures."""
    blocks = [
        *_actions(home),
        *((_line(_LESS_SURE),) if home.fault else ()),
        *((_unread(home.unread),) if home.is_admin and home.unread else ()),
        *(_episode(home.card, home.picker) if home.card else ()),
        _DIVIDER,
        _daily(home),
        *(() if home.why_not_daily else (_news(),)),
        *(_for_admins(home) if home.is_admin else ()),
        _about(home.retention_days, home.model),
    ]
    return {"type": "home", "blocks": blocks}


def heading(words: str) -> Block:
    """Return what parts a page, for eyes and for screen readers."""
    return {"type": "header", "text": plain(words, LABEL)}


def _actions(home: Home) -> Iterator[Block]:
    """Yield the ways in: a question, the quiz, a term, and three questions to try."""
    yield heading(f"Ask {(home.card and home.card.show) or 'the podcast'}")
    says = _SAYS_OF_SEVERAL if home.picker else _SAYS
    yield rich(text_line(says if home.card else _NO_EPISODE))
    ask = button(ASK, "Ask a question", ASK, "Ask a question: opens a form")
    yield from row(
        {**ask, "style": "primary"} if ask and home.card else None,
        button(QUIZ, "Take the quiz", QUIZ if home.quiz else None, "Take the quiz about the terms"),
        _define(home.terms) if home.terms else None,
    )
    yield from row(
        *(
            button(action, question, shorten(question, BUTTON_VALUE), f"Ask: {question}")
            for action, question in zip(TRY, home.questions, strict=False)
        )
    )


def _define(terms: tuple[str, ...]) -> Block:
    return {
        "type": "static_select",
        "action_id": DEFINE,
        "placeholder": plain("Define a term…", LABEL),
        "options": [option(plain(term, TEXT)["text"], term) for term in terms[:_MOST_OPTIONS]],
    }


def _unread(faults: tuple[str, ...]) -> Block:
    """Return what an admin is told of files that cannot be read."""
    more = f" (and {len(faults) - 1:,} more)" if len(faults) > 1 else ""
    shown = shorten(faults[0], LABEL + CREDIT)
    return rich(text_line(f"{_UNREAD}{shown}{more}"))


def _episode(card: Card, picker: Block | None) -> Iterator[Block]:
    """Yield the newest episode in two lines, buttons to its lists, and the choice of others."""
    yield _DIVIDER
    title = literal(f"{card.title}\n", LABEL, bold=True)
    yield rich(section(title, literal(card.facts, LEAD)))
    yield from row(
        *(
            button(action, label, LISTS[action], f"{label}: shows the list")
            for action, label in card.counts.items()
        )
    )
    yield from row(picker)


def _daily(home: Home) -> Block:
    """Return where the daily takeaway is on, and the button that sets one."""
    lines = ["*A takeaway a day*"]
    lines += [AWAY] if home.daily is None else _set_up(home.daily)
    if home.why_not_daily:
        return _line(*lines, home.why_not_daily)
    return _line(*lines, beside=button(SET_DAILY, "Set it up", SET_DAILY, "Set a daily takeaway"))


def _news() -> Block:
    """Return what new episodes bring, and the button that has a channel told of them."""
    lines = ("*New episodes*", "A card in a channel when a show that I follow has a new one.")
    return _line(*lines, beside=button(SET_NEWS, "Set it up", SET_NEWS, "Announce new episodes"))


def _for_admins(home: Home) -> Iterator[Block]:
    """Yield what admins see: the figures, answers unasked, a model that is hosted elsewhere."""
    yield _DIVIDER
    yield context(plain(_ADMINS, LEAD))
    yield from _figures(home)
    yield _listening()
    if home.hosted:
        yield from _consent(home)
    yield _DIVIDER


def _listening() -> Block:
    """Return what listening in a channel is, and the button that turns it on."""
    lines = (
        "*Answers unasked*",
        "In a channel of your choice, for questions that nobody replies to.",
    )
    open_form = button(SET_LISTENING, "Set it up", SET_LISTENING, "Listen for questions")
    return _line(*lines, beside=open_form)


def _consent(home: Home) -> Iterator[Block]:
    """Yield what a model that is hosted elsewhere sees, and the button that turns it on or off."""
    state = "On." if home.model else "Off: no question goes to it."
    action, label = (MODEL_OFF, "Turn it off") if home.model else (MODEL_ON, "Turn it on")
    value = model_value(home.hosted)
    switch = button(action, label, value, f"{label}: a language model")
    yield _line("*A language model*", state, beside=switch)
    says = (
        f"{shorten(home.hosted, LABEL)} can choose among the passages that I found for a question. "
        "It sees the question, the thread's earlier questions to me and up to twelve passages, and "
        "never who asked; it writes nothing that you see."
    )
    yield context(plain(says, LEAD))


def model_value(hosted: str) -> str | None:
    """Return what the button carries, so that it agrees to no other model; None for no model."""
    return shorten(hosted, BUTTON_VALUE) if hosted else None


def _set_up(daily: Daily) -> Iterator[str]:
    """Yield a line for each; Slack itself shows a channel's name to those alone who may see it."""
    yield from map(_subscription, daily.own[:_SHOWN])
    if (left := len(daily.own) - _SHOWN) > 0:
        yield f"… and {left:,} more"
    if daily.others:
        many = "1 more is" if daily.others == 1 else f"{daily.others:,} more are"
        yield f"{many} on in this workspace, set up by others."
    if not daily.own:
        yield "You have not set it up for any channel."


def _subscription(one: Subscription) -> str:
    direct = one.channel_id.startswith("D")
    place = "Direct message" if direct else f"<#{one.channel_id}>"
    days = "on weekdays" if one.weekdays else "every day"
    when = f"{days} at {one.local_time:%H:%M} ({shown(one.zone)})" if one.due_at else "off"
    return f"{place}: {when}"


def _figures(home: Home) -> Iterator[Block]:
    """Yield an admin's three numbers, and the buttons that show the whole report and more."""
    title = f"*The last {days_in_words(home.days)}*"
    report = home.report
    if report is None:
        yield _line(title, AWAY)
        return
    numbers = (
        f"{report.asked:,} asked · {report.answered:,} answered · {report.declined:,} declined"
    )
    whole = button(REPORT, "Whole report", REPORT, "Whole report: what was asked, without names")
    yield _line(title, numbers, beside=whole)
    if home.insights:
        more = button(INSIGHTS, "Insights", INSIGHTS, "Insights: opens a page, for an hour")
        yield from row({**more, "url": home.insights} if more else None)


def _about(retention_days: int, model: str) -> Block:
    """Return what it is, what it keeps, and which language model sees questions, in a line."""
    words = (
        f"Automated. I keep questions for {days_in_words(retention_days)}, without names, and what "
        f"people answer, with names: `{COMMAND} privacy`, `{COMMAND} forget me`."
    )
    sees = f"{shorten(model, LABEL)} may see your question and choose the quote."
    return context({"type": "mrkdwn", "text": words}, *([plain(sees, CREDIT)] if model else []))


def _line(*lines: str, beside: Block | None = None) -> Block:
    """Return lines of the bot's own in mrkdwn, with a button beside them."""
    text = {"type": "mrkdwn", "text": "\n".join(lines)}
    return {"type": "section", "text": text, **({"accessory": beside} if beside else {})}
