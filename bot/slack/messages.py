"""Mentions and direct messages."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Answerer, NoAnswer
from bot.slack.blocks import answer_message, notice
from bot.slack.questions import earlier_questions, is_question, last_question, question_in
from bot.slack.records import Records, exchange
from bot.slack.replies import post_reply

PAGES = 10
PAGE_SIZE = 200  # messages; the documentation of conversations.replies recommends no more

_CANNOT_READ = "I cannot read this thread. Put the question into the message to me."
# What Slack says of threads that the bot may not read, such as those of group messages.
_CLOSED = {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"}


def handle_mention(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
) -> None:
    """Answer a mention in its thread; without a question, the last one above it."""
    if not is_question(event):
        return
    asked = exchange(context, "mention")
    question = question_in(event.get("text"), context.bot_user_id)
    if question or "thread_ts" not in event:
        answer = _answer(question, event, client, context, answerer)
    elif thread := _readable(client, event):
        answer = answerer.ask(last_question(thread, event["ts"], context.bot_user_id))
    else:
        post_reply(client, event, notice(_CANNOT_READ))
        return
    post_reply(client, event, answer_message(answer, asked.id))
    records.keep(asked, answer)


def handle_message(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
) -> None:
    """Answer a direct message. What is no question is acknowledged all the same, or it returns."""
    if event.get("channel_type") == "im" and is_question(event):
        asked = exchange(context, "direct")
        question = question_in(event.get("text"), context.bot_user_id)
        answer = _answer(question, event, client, context, answerer)
        post_reply(client, event, answer_message(answer, asked.id))
        records.keep(asked, answer)


def _answer(
    question: str,
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
) -> Answer | NoAnswer:
    """The answer to a question; one that leans on its thread is read with the ones above it."""
    history: list[str] = []
    if "thread_ts" in event and answerer.leans(question):
        direct = event.get("channel_type") == "im"
        thread = _readable(client, event)
        history = earlier_questions(thread, event["ts"], context.bot_user_id, direct=direct)
    return answerer.ask(question, history)


def _readable(client: WebClient, event: dict[str, Any]) -> list[dict[str, Any]]:
    """The event's thread; nothing where the bot may not read it."""
    try:
        return list(_thread(client, event))
    except SlackApiError as error:
        if error.response["error"] not in _CLOSED:
            raise
        return []


def _thread(client: WebClient, event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The messages of the event's thread, oldest first, up to `PAGES` pages."""
    pages = client.conversations_replies(
        channel=event["channel"], ts=event["thread_ts"], latest=event["ts"], limit=PAGE_SIZE
    )
    for page in islice(pages, PAGES):
        yield from page["messages"]
