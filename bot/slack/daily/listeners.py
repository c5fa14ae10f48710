"""`/llm daily …` and its form."""

import logging
from collections import Counter
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.daily import next_item
from bot.slack.blocks.message import MESSAGE_TEXT, Message, paragraphs
from bot.slack.daily.command import Now, Off, On, Open, Status, Unclear, Wish
from bot.slack.daily.form import TITLE, Submitted, daily_form, outcome_view, read_form
from bot.slack.daily.message import daily_message
from bot.slack.daily.settings import DailySettings
from bot.slack.daily.words import AWAY, unclear
from bot.slack.help import COMMAND
from bot.slack.home.listener import show_home
from bot.slack.posting.forms import FROM_HOME, settle_form
from bot.slack.quiz.form import has_quiz
from bot.slack.requests.people import look_up, why_not_daily
from bot.slack.requests.services import Services
from bot.storage import Asker, StoreError, new_id

_PREVIEW = "A preview for you alone: the next daily takeaway would be this one."
_NOTHING = "There is nothing to post: no episode is loaded."

log = logging.getLogger(__name__)


def answer_daily(
    wish: Wish,
    command: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> Message | None:
    """Do what a person wants of their channel's daily takeaway; None if a form says the rest."""
    if asker is None:
        return paragraphs(AWAY)
    settings = DailySettings(context, services, asker)
    channel_id = command["channel_id"]
    message: Message | None
    try:
        match wish:
            case Open():
                message = _open(channel_id, command["trigger_id"], settings)
            case On():
                message = settings.turn_on(channel_id, wish)
            case Off():
                message = settings.turn_off(channel_id)
            case Status():
                message = settings.status(channel_id)
            case Now():
                message = _preview(channel_id, settings)
            case Unclear():
                message = unclear(wish)
    except StoreError as error:
        return _away(error, settings.asker)
    return message


def handle_set_daily(body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Open the form from Home, for a channel to be chosen in it."""
    who = look_up(context)
    if why_not := why_not_daily(who, services.policy.daily_by):
        view = outcome_view(paragraphs(why_not)["blocks"])
    else:
        view = daily_form("", None, who.zone) | {"private_metadata": FROM_HOME}
    context.client.views_open(trigger_id=body["trigger_id"], view=view)


def handle_daily_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Do what the form says."""
    submitted = read_form(view)
    if not isinstance(submitted, Submitted):
        ack(response_action="errors", errors=submitted)
        return
    if asker is None:
        ack(response_action="update", view=outcome_view(paragraphs(AWAY)["blocks"]))
        return
    apply = partial(_apply, submitted, DailySettings(context, services, asker))
    settle_form(ack, view, context, apply, title=TITLE, status=f"{COMMAND} daily status")
    if view.get("private_metadata") == FROM_HOME:
        show_home(asker.user_id, context, services, asker)


def _apply(submitted: Submitted, settings: DailySettings) -> Message:
    try:
        if isinstance(submitted.wish, On):
            return settings.turn_on(submitted.channel_id, submitted.wish)
        return settings.turn_off(submitted.channel_id)
    except StoreError as error:
        return _away(error, settings.asker)


def _open(channel_id: str, trigger_id: str, settings: DailySettings) -> Message | None:
    who = look_up(settings.context)
    if why_not := why_not_daily(who, settings.services.policy.daily_by):
        return paragraphs(why_not)
    form = daily_form(channel_id, settings.current(channel_id), who.zone)
    settings.context.client.views_open(trigger_id=trigger_id, view=form)
    return None


def _preview(channel_id: str, settings: DailySettings) -> Message:
    """Return the post that comes next in a channel, without thumbs; nothing is kept of it."""
    highlights = settings.services.answerer.highlights
    if not highlights:
        return paragraphs(_NOTHING)
    kept = settings.current(channel_id)
    posted = settings.services.store.posts.used(kept.id) if kept else Counter[str]()
    named = {highlight.key: highlight for highlight in highlights}
    key = next_item(list(named), posted, kept.id if kept else channel_id)
    made_by = kept.made_by if kept else settings.asker.user_id
    quiz = has_quiz(settings.services.answerer)
    [way] = settings.services.ways.to([named[key].quote])
    message = daily_message(named[key], new_id(), made_by, quiz=quiz, way=way)
    shown = [block for block in message["blocks"] if block["type"] != "context_actions"]
    text = f"{_PREVIEW}\n{message['text']}"[:MESSAGE_TEXT]
    return Message(text=text, blocks=[*paragraphs(_PREVIEW)["blocks"], *shown])


def _away(error: StoreError, asker: Asker) -> Message:
    log.warning("The daily settings of %s cannot be reached: %s", asker.team_id, error)
    return paragraphs(AWAY)
