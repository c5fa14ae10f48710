"""*More* and *Share to channel*, below an answer."""

from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.answers import Answer
from bot.slack.answer.buttons import More, page_of
from bot.slack.answer.message import answer_message
from bot.slack.answer.share_value import share_value
from bot.slack.blocks.button_value import decode_value
from bot.slack.blocks.message import notice
from bot.slack.requests.payload import button_origin
from bot.slack.requests.services import Services
from bot.slack.sending.replies import (
    respond_in_place,
    respond_privately,
)

_NO_MORE = "There is no more to this answer: the transcript has changed since. Ask again."


def handle_more(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
) -> None:
    """Show the next quotes in place of a private answer; of a public one, to this person alone."""
    place = button_origin(body)
    more = decode_value(action.get("value") or "", More)
    answer = services.answerer.ask(more.question, more.history) if more else None
    shown = page_of(answer, more.page) if more and isinstance(answer, Answer) else None
    if more is None or shown is None:
        respond_privately(respond, client, notice(_NO_MORE), thread_ts=place.thread_ts)
        return
    message = answer_message(shown, more.answer_id, share_value(shown), page=more.page)
    if place.ephemeral:
        respond_in_place(respond, client, message)
    else:
        respond_privately(respond, client, message, thread_ts=place.thread_ts)
