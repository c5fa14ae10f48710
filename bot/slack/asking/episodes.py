"""`/llm episodes`: the list of episodes, its pages, and the form for a question about one."""

import re
from typing import Any

from slack_bolt import BoltContext, Respond
from slack_sdk import WebClient

from bot.slack.asking.form import GONE, Origin, ask_form
from bot.slack.blocks.elements import Block
from bot.slack.blocks.episodes import episodes_message, page_in, picked
from bot.slack.blocks.message import Message, notice
from bot.slack.blocks.modals import modal
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.storage import Asker

_TITLE = "Episodes"
_CALL = re.compile(
    r"(?:(?:list|show|all|the) ){0,3}episodes(?: (?P<page>\d{1,6}))?[.!?]?", re.IGNORECASE
)


def page_asked_for(words: str) -> int | None:
    """Return the page of the list that words ask for; None if they ask for something else. Pure."""
    call = _CALL.fullmatch(words.strip())
    return max(1, int(call["page"] or 1)) if call else None


def list_episodes(words: str, services: Services, asker: Asker | None) -> Message | None:
    """Return the list that words ask for, or that it is too much; None if they ask for no list."""
    page = page_asked_for(words)
    if page is None:
        return None
    refusal = services.rate_limit.limited(asker)
    return refusal or episodes_message(services.answerer.entries, page)


def handle_episodes_page(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> None:
    """Turn to another page of the list, in its place or for the person alone."""
    press = Press(body, respond, client)
    if press.is_limited(services, asker):
        return
    page = page_in(action.get("value") or "")
    message = episodes_message(services.answerer.entries, page or 1)
    if press.in_modal:
        view = modal(_TITLE, message["blocks"])
        client.views_update(view_id=body["view"]["id"], view=view)
    else:
        press.show(message, _TITLE)


def handle_pick_episode(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
) -> None:
    """Open the form for a question about an episode: chosen in a list or on Home, or a card's."""
    key = (action.get("selected_option") or action).get("value") or ""
    entry = picked(key, services.answerer.entries)
    on_home = (body.get("view") or {}).get("type") == "home"
    if on_home:
        origin = Origin("home", episode=entry.slug if entry else "")
        view = ask_form(origin, entry=entry) if entry else _gone()
        context.client.views_open(trigger_id=body["trigger_id"], view=view)
        return
    press = Press(body, respond, context.client)
    if entry:
        press.open(ask_form(Origin("button", episode=entry.slug), entry=entry))
    else:
        press.tell_notice(GONE)


def _gone() -> Block:
    return modal(_TITLE, notice(GONE)["blocks"])
