"""`/llm listen …`, its form, and the button that ends it."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from bot.slack.blocks.message import Message, paragraphs
from bot.slack.help import COMMAND
from bot.slack.listening.command import Wish
from bot.slack.listening.form import TITLE, Submitted, listening_form, outcome_view, read_form
from bot.slack.listening.settings import ListeningSettings
from bot.slack.listening.words import ALREADY_OFF, AWAY, stopped_by
from bot.slack.posting.forms import settle_form
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.slack.sending.replies import post_message
from bot.storage import Asker, StoreError

_NOT_HELPFUL = "not_helpful"  # why it was turned off, as `why_stopped` knows it

log = logging.getLogger(__name__)


def answer_listen(
    wish: Wish,
    command: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> Message | None:
    """Do what a person wants of listening in their channel; None if a form says the rest."""
    if asker is None:
        return paragraphs(AWAY)
    settings = ListeningSettings(context, services, asker)
    channel_id = command["channel_id"]
    try:
        match wish:
            case Wish.ON:
                return _open(channel_id, command["trigger_id"], settings)
            case Wish.OFF:
                return settings.turn_off(channel_id)
            case Wish.STATUS:
                return settings.status(channel_id)
    except StoreError as error:
        return _away(error, asker)


def handle_set_listening(
    body: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Open the form from Home, for a channel to be chosen in it."""
    why_not = ListeningSettings(context, services, asker).why_not() if asker else AWAY
    view = outcome_view(paragraphs(why_not)["blocks"]) if why_not else listening_form("")
    context.client.views_open(trigger_id=body["trigger_id"], view=view)


def handle_listening_form(
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
    apply = partial(_apply, submitted, ListeningSettings(context, services, asker))
    settle_form(ack, view, context, apply, title=TITLE, status=f"{COMMAND} listen")


def handle_stop_listening(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
) -> None:
    """Turn listening off in the channel of an answer, for anybody there, and say so in its thread.

    The button bears the id of the channel's row, which nobody guesses: in a channel of several
    workspaces, whoever presses may be of another one.
    """
    press = Press(body, respond, context.client)
    channel_id = press.origin.channel_id
    try:
        was_on = _stop(action.get("value") or "", channel_id, services)
    except StoreError as error:
        log.warning("Listening in %s cannot be turned off: %s", channel_id, error)
        press.tell_notice(AWAY)
        return
    if was_on:
        thread_ts = press.origin.thread_ts or press.origin.ts
        post_message(context.client, channel_id, stopped_by(context.user_id or ""), thread_ts)
    else:
        press.tell_notice(ALREADY_OFF)


def _stop(subscription_id: str, channel_id: str, services: Services) -> bool:
    """Turn a channel off; return whether it was on."""
    listening = services.store.listening
    kept = listening.get(subscription_id)
    if kept is None or kept.channel_id != channel_id:
        return False
    was_on = listening.stop(kept.id, _NOT_HELPFUL)
    services.places.forget()
    return was_on


def _open(channel_id: str, trigger_id: str, settings: ListeningSettings) -> Message | None:
    if why_not := settings.why_not():
        return paragraphs(why_not)
    settings.context.client.views_open(trigger_id=trigger_id, view=listening_form(channel_id))
    return None


def _apply(submitted: Submitted, settings: ListeningSettings) -> Message:
    try:
        if submitted.on:
            return settings.turn_on(submitted.channel_id)
        return settings.turn_off(submitted.channel_id)
    except StoreError as error:
        return _away(error, settings.asker)


def _away(error: StoreError, asker: Asker) -> Message:
    log.warning("The setting for listening of %s cannot be reached: %s", asker.team_id, error)
    return paragraphs(AWAY)
