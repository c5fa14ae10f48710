"""*More* and *Share to channel*, below an answer."""

from logging import Logger
from typing import Any

from slack_bolt import BoltContext, Respond
from slack_sdk import WebClient

from bot.answers import Answer, Answerer
from bot.slack.answer.buttons import SHARE, More, page_of
from bot.slack.answer.message import answer_message, notice, shared_message
from bot.slack.answer.share_value import share_value, shared_answer
from bot.slack.blocks.quote_refs import carried
from bot.slack.requests.payload import place_of
from bot.slack.requests.question_log import Records
from bot.slack.sending.replies import (
    FAILURES,
    remove_original,
    respond_in_channel,
    respond_in_place,
    respond_privately,
)
from bot.storage import new_id

REFUSAL = "This answer can no longer be shared: the transcript has changed since. Ask again."
_SHARED_BEFORE = (
    "You have shared this already, or tried to. If it does not stand there, ask again for an "
    "answer with a new button."
)
_NO_MORE = "There is no more to this answer: the transcript has changed since. Ask again."


def handle_more(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    answerer: Answerer,
) -> None:
    """Show the next quotes in place of a private answer; of a public one, to this person alone."""
    place = place_of(body)
    more = carried(action.get("value") or "", More)
    answer = answerer.ask(more.question, more.history) if more else None
    shown = page_of(answer, more.page) if more and isinstance(answer, Answer) else None
    if more is None or shown is None:
        respond_privately(respond, client, notice(_NO_MORE), thread_ts=place.thread_ts)
        return
    message = answer_message(shown, more.answer_id, share_value(shown), page=more.page)
    if place.ephemeral:
        respond_in_place(respond, client, message)
    else:
        respond_privately(respond, client, message, thread_ts=place.thread_ts)


def handle_share(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    logger: Logger,
) -> None:
    """Post a private answer to its channel, quoted afresh: the button is not trusted as text.

    However often it is pressed it is posted once. The private answer goes then, with its button.
    """
    place, client = place_of(body), context.client
    thread = place.thread_ts
    answer = shared_answer(action.get("value") or "", answerer.quote)
    if answer is None:
        respond_privately(respond, client, notice(REFUSAL), thread_ts=thread)
        return
    if not records.first_time(f"{SHARE} {place.channel_id} {place.ts}"):
        respond_privately(respond, client, notice(_SHARED_BEFORE), thread_ts=thread)
        return
    message = shared_message(answer, context.user_id or "", new_id())
    respond_in_channel(respond, client, message, thread_ts=thread)
    try:
        remove_original(respond, client)
    except FAILURES:  # an apology would say that it was not shared
        logger.exception("A shared answer keeps its button")
