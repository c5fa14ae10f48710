"""`/llm new …` and its form."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.slack.announcing.command import Off, On, Open, Status, Wish
from bot.slack.announcing.form import TITLE, Submitted, news_form, outcome_view, read_form
from bot.slack.announcing.settings import NewsSettings
from bot.slack.announcing.words import AWAY
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, paragraphs
from bot.slack.help import COMMAND
from bot.slack.home.listener import show_home
from bot.slack.posting.forms import FROM_HOME, settle_form
from bot.slack.requests.services import Services
from bot.storage import Asker, StoreError

log = logging.getLogger(__name__)


def answer_new(
    wish: Wish,
    command: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> Message | None:
    """Do what a person wants of their channel's new episodes; None if a form says the rest."""
    if asker is None:
        return paragraphs(AWAY)
    settings = NewsSettings(context, services, asker)
    channel_id = command["channel_id"]
    try:
        match wish:
            case Open():
                return _open(channel_id, command["trigger_id"], settings)
            case On(show):
                return settings.turn_on(channel_id, show)
            case Off():
                return settings.turn_off(channel_id)
            case Status():
                return settings.status(channel_id)
    except StoreError as error:
        return _away(error, asker)


def handle_set_news(
    body: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Open the form from Home, for a channel to be chosen in it."""
    try:
        if asker:
            view = _form_from_home(NewsSettings(context, services, asker))
        else:
            view = outcome_view(paragraphs(AWAY)["blocks"])
    except StoreError as error:
        view = outcome_view(_away(error, asker)["blocks"])
    context.client.views_open(trigger_id=body["trigger_id"], view=view)


def handle_news_form(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Do what the form says."""
    settings = NewsSettings(context, services, asker) if asker else None
    try:
        submitted = read_form(view, settings.shows()) if settings else None
    except StoreError as error:
        _away(error, asker)
        submitted = None
    if settings is None or submitted is None:
        ack(response_action="update", view=outcome_view(paragraphs(AWAY)["blocks"]))
        return
    if not isinstance(submitted, Submitted):
        ack(response_action="errors", errors=submitted)
        return
    apply = partial(_apply, submitted, settings)
    settle_form(ack, view, context, apply, title=TITLE, status=f"{COMMAND} new status")
    if view.get("private_metadata") == FROM_HOME:
        show_home(settings.asker.user_id, context, services, asker)


def _apply(submitted: Submitted, settings: NewsSettings) -> Message:
    try:
        if submitted.on:
            return settings.turn_on_for(submitted.channel_id, submitted.show)
        return settings.turn_off(submitted.channel_id)
    except StoreError as error:
        return _away(error, settings.asker)


def _open(channel_id: str, trigger_id: str, settings: NewsSettings) -> Message | None:
    if why_not := settings.why_not():
        return paragraphs(why_not)
    view = news_form(channel_id, settings.current(channel_id), settings.shows())
    settings.context.client.views_open(trigger_id=trigger_id, view=view)
    return None


def _form_from_home(settings: NewsSettings) -> Block:
    if why_not := settings.why_not():
        return outcome_view(paragraphs(why_not)["blocks"])
    return news_form("", None, settings.shows()) | {"private_metadata": FROM_HOME}


def _away(error: StoreError, asker: Asker | None) -> Message:
    team = asker.team_id if asker else "no workspace"
    log.warning("The settings of new episodes of %s cannot be reached: %s", team, error)
    return paragraphs(AWAY)
