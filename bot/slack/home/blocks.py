"""The App Home as Block Kit. Pure."""

from collections.abc import Iterator

from bot.daily.time_zones import shown
from bot.slack.asking.form import ASK
from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.elements import (
    DIVIDER,
    Block,
    button,
    context,
    literal,
    paragraph,
    plain,
    rich,
    row,
    section,
    shorten,
)
from bot.slack.blocks.message import CREDIT, LABEL, LEAD, text_line
from bot.slack.blocks.modals import TEXT, option
from bot.slack.help import COMMAND
from bot.slack.home.admins import for_admins, unread
from bot.slack.home.contents import Card, Daily, Home
from bot.slack.home.report import AWAY, days_in_words
from bot.slack.quiz.views import QUIZ
from bot.storage import Subscription

SET_DAILY, DEFINE = "set_daily", "define_term"
SET_NEWS = "set_new_episodes"
# Each button of a row has an id of its own.
TRY = ("try_question_1", "try_question_2", "try_question_3")
LISTS = {"list_segments": "segments", "list_takeaways": "takeaways", "list_terms": "terms"}
# https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
_MOST_OPTIONS = 100
_SHOWN = 3  # daily takeaways; chosen by hand, for the page is to be seen at a glance
_SAYS = "I quote the episode word for word, and say so when it doesn't tell."
_SAYS_OF_SEVERAL = "I quote the episodes word for word, and say so when they don't tell."
_LESS_SURE = (
    ":warning: My reading model is out of order, so I go by words alone: I miss more, and may be"
    " wrong more often. Whoever runs me finds the reason in the log and under `/readyz`."
)
_NO_EPISODE = "No episode is loaded yet, so there is nothing to ask."


def home_view(home: Home) -> Block:
    """Return the whole page: what to do first, the episode, the daily takeaway, the figures."""
    blocks = [
        *_actions(home),
        *((paragraph(_LESS_SURE),) if home.fault else ()),
        *((unread(home.unread),) if home.is_admin and home.unread else ()),
        *(_episode(home.card, home.picker) if home.card else ()),
        DIVIDER,
        _daily(home),
        *(() if home.why_not_daily else (_news(),)),
        *(for_admins(home) if home.is_admin else ()),
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


def _episode(card: Card, picker: Block | None) -> Iterator[Block]:
    """Yield the newest episode in two lines, buttons to its lists, and the choice of others."""
    yield DIVIDER
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
        return paragraph(*lines, home.why_not_daily)
    return paragraph(
        *lines, beside=button(SET_DAILY, "Set it up", SET_DAILY, "Set a daily takeaway")
    )


def _news() -> Block:
    """Return what new episodes bring, and the button that has a channel told of them."""
    lines = ("*New episodes*", "A card in a channel when a show that I follow has a new one.")
    return paragraph(
        *lines, beside=button(SET_NEWS, "Set it up", SET_NEWS, "Announce new episodes")
    )


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


def _about(retention_days: int, model: str) -> Block:
    """Return what it is, what it keeps, and which language model sees questions, in a line."""
    words = (
        f"Automated. I keep questions for {days_in_words(retention_days)}, without names, and what "
        f"people answer, with names: `{COMMAND} privacy`, `{COMMAND} forget me`."
    )
    sees = f"{shorten(model, LABEL)} may see your question and choose the quote."
    return context({"type": "mrkdwn", "text": words}, *([plain(sees, CREDIT)] if model else []))
