"""*N more quotes* below an answer, and *Show the nearest passages* below none."""

from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.answers import Answer, NoAnswer
from bot.slack.answer.buttons import More, Nearest
from bot.slack.answer.message import nearest_message, page_message
from bot.slack.answer.pages import page_of
from bot.slack.blocks.button_value import decode_value
from bot.slack.blocks.message import TRANSCRIPT_CHANGED
from bot.slack.blocks.quote_refs import resolve_all
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.storage import Asker

_MORE, _NEAREST = "More quotes", "Nearest passages"


def handle_more(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> None:
    """Show the next quotes in place of a private answer, or to the person alone."""
    press = Press(body, respond, client)
    if press.is_limited(services, asker):
        return
    more = decode_value(action.get("value") or "", More)
    answer = _again(more, services, asker) if more else None
    page = None
    if more and isinstance(answer, Answer):
        page = page_of(answer, more.page, below=not press.changes_in_place)
    if more is None or not isinstance(answer, Answer) or page is None:
        press.tell_notice(TRANSCRIPT_CHANGED)
        return
    shown = page_message(answer, page, more.answer_id, more.episode, services.ways)
    press.show(shown, _MORE)


def _again(more: More, services: Services, asker: Asker | None) -> Answer | NoAnswer | None:
    """Return the answer that quotes are left of; None if its episode is not there any more."""
    answerer = services.answerer
    if more.episode and answerer.library.place(more.episode) is None:
        return None
    pointer = services.pointer(asker) if more.chosen else None
    return answerer.ask(more.question, more.history, more.episode or None, more.show, pointer)


def handle_nearest(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
) -> None:
    """Show what is near a question, headed as no answer, in place or to the person alone."""
    press = Press(body, respond, client)
    if press.is_limited(services, asker):
        return
    near = decode_value(action.get("value") or "", Nearest)
    quotes = resolve_all(near.quotes, services.answerer.quote) if near else []
    if near is None or not quotes:
        press.tell_notice(TRANSCRIPT_CHANGED)
        return
    human = services.policy.human_channel is not None
    press.show(nearest_message(near, quotes, human=human, ways=services.ways), _NEAREST)
