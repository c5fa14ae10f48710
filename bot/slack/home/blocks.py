"""The App Home as Block Kit. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.answers import Answer
from bot.daily.time_zones import shown
from bot.reports import Report
from bot.slack.answer.message import answer_message
from bot.slack.asking.form import ASK
from bot.slack.blocks.elements import Block, bullets, literal, rich, section
from bot.slack.blocks.message import LABEL, paragraphs, text_line
from bot.slack.blocks.modals import buttons
from bot.slack.help import COMMAND
from bot.slack.home.report import AWAY, MOST, days_in_words, heading, more, report_blocks
from bot.slack.quiz.views import QUIZ
from bot.storage import Subscription

SET_DAILY = "set_daily"
_CAN = (
    "I can quote what the episode says to a question, define its terms, and list its takeaways, "
    f"segments and terms. `{COMMAND} help` lists every command; mentions and direct messages work "
    "too."
)
_CANNOT = (
    "I cannot guess, sum up or add anything: what the episode does not say, I do not know. No "
    "person writes these answers: they are looked up."
)


@dataclass(frozen=True, slots=True)
class Daily:
    """The daily takeaways that a person has set up, and how many `others` to tell them of."""

    own: tuple[Subscription, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's Home shows.

    `introduction` is the bot's word on itself; `lists` are what the newest episode holds. `daily`
    is None where the store is away, and so is an admin's `report` of the last `days`. `why_not_daily`
    is why they may not set a daily takeaway, if so.
    """

    introduction: str
    lists: tuple[Answer, ...]
    quiz: bool
    retention_days: int
    daily: Daily | None
    why_not_daily: str | None
    days: int
    is_admin: bool = False
    report: Report | None = None


def home_view(home: Home) -> Block:
    """The whole of it, of less than Slack's 100 blocks."""
    blocks = [
        *_about(home),
        *(block for answer in home.lists for block in _listed(answer)),
        *_daily(home),
        *(report_blocks(home.report, home.days) if home.is_admin else ()),
    ]
    return {"type": "home", "blocks": blocks}


def _about(home: Home) -> Iterator[Block]:
    """What it is, that it is automated, what it keeps, and the ways in."""
    kept = (
        f"I keep the text of questions for {days_in_words(home.retention_days)}, without your "
        f"name; admins see them so. `{COMMAND} privacy` tells all, `{COMMAND} forget me` deletes "
        "them."
    )
    yield heading("The podcast in its own words")
    yield rich(text_line(home.introduction))
    yield from paragraphs(_CAN, _CANNOT, kept)["blocks"]
    yield buttons({ASK: "Ask a question", **({QUIZ: "Take the quiz"} if home.quiz else {})})


def _listed(answer: Answer) -> Iterator[Block]:
    """A list of the episode's, under its own text_line."""
    yield heading(answer.lead.rstrip(":"))
    yield from answer_message(replace(answer, lead=""))["blocks"]


def _daily(home: Home) -> Iterator[Block]:
    """The daily takeaways, and the button that sets one."""
    yield heading("The daily takeaway")
    if home.daily is None:
        yield rich(text_line(AWAY))
    else:
        yield from _set_up(home.daily)
    if home.why_not_daily:
        yield rich(text_line(home.why_not_daily))
    else:
        yield buttons({SET_DAILY: "Set a daily takeaway"})


def _set_up(daily: Daily) -> Iterator[Block]:
    """Slack itself shows a channel's name to those alone who may see it."""
    if daily.own:
        yield rich(
            text_line("You have set it up here:"),
            bullets(map(_subscription, daily.own[:MOST])),
            *more(len(daily.own)),
        )
    else:
        yield rich(text_line("You have not set it up for any channel."))
    if daily.others:
        many = "1 more is" if daily.others == 1 else f"{daily.others} more are"
        yield rich(text_line(f"{many} on in this workspace, set up by others."))


def _subscription(one: Subscription) -> Block:
    direct = one.channel_id.startswith("D")
    place = {"type": "channel", "channel_id": one.channel_id}
    days = "on weekdays" if one.weekdays else "every day"
    when = f": {days} at {one.local_time:%H:%M} ({shown(one.zone)})" if one.due_at else ": off"
    return section(literal("direct message", LABEL) if direct else place, literal(when, LABEL))
