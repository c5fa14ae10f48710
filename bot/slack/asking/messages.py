"""Mentions, direct messages, and what follows up on them in threads."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Answerer, NoAnswer
from bot.slack.answer.message import answer_message, is_answer
from bot.slack.asking.message_text import asked_above, is_question, last_question, question_in
from bot.slack.asking.nearest_command import with_length
from bot.slack.asking.thread_history import Said, read_thread
from bot.slack.asking.titles import name_thread
from bot.slack.asking.turn_taking import addressed, alone_with, could_follow_up, follows_up
from bot.slack.blocks.message import notice
from bot.slack.requests.question_log import Exchange, Records, exchange
from bot.slack.requests.rate_limit import Pacing
from bot.slack.sending.replies import FAILURES, post_reply, tell_privately

_CANNOT_READ = "I cannot read this thread. Put the question into the message to me."
# What Slack says of threads that the bot may not read, such as those of Slack Connect.
_CLOSED = {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"}

log = logging.getLogger(__name__)


def concerns(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Whether an event can be for the bot: of all that is said in channels, little is. Pure."""
    if event.get("type") != "message":
        return True
    direct = event.get("channel_type") == "im"
    return is_question(event) if direct else could_follow_up(event, bot_user_id)


def handle_mention(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    pacing: Pacing,
) -> None:
    """Answer a mention in its thread; without a question, the last one above it."""
    if not is_question(event) or _paced(event, context, pacing):
        return
    asked = exchange(context, "mention")
    question = question_in(event.get("text"), context.bot_user_id)
    if question or "thread_ts" not in event:
        answer = _answer(question, event, client, context, answerer)
    elif thread := _readable(client, event):
        answer = answerer.ask(last_question(thread, event["ts"], context.bot_user_id))
    else:
        post_reply(context, event, notice(_CANNOT_READ))
        return
    _reply(answer, asked, event, context, records)


def handle_message(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    pacing: Pacing,
) -> None:
    """Answer a direct message, or a question in a thread that goes on with the bot."""
    if not concerns(event, context.bot_user_id):
        return
    if event.get("channel_type") != "im":
        _follow(event, client, context, answerer, records, pacing)
    elif not _paced(event, context, pacing):
        asked = exchange(context, "direct")
        question = question_in(event.get("text"), context.bot_user_id)
        answer = _answer(question, event, client, context, answerer)
        _reply(answer, asked, event, context, records)
        if "thread_ts" not in event:
            name_thread(client, event, question)


def _follow(
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
    records: Records,
    pacing: Pacing,
) -> None:
    """Answer what follows up in a thread; in company, what it cannot answer is left to people."""
    bot_user_id = context.bot_user_id
    try:
        thread = read_thread(client, event)
    except FAILURES as error:  # nobody may have meant the bot, so nobody is told
        log.warning("A thread is not followed: %s", type(error).__name__)
        return
    if not follows_up(event, thread, bot_user_id):
        return
    context["following"] = True  # from here on it owes an answer
    if _paced(event, context, pacing):
        return
    asked = exchange(context, "thread")
    question = question_in(event.get("text"), bot_user_id)
    answer = answerer.ask(question, _history(question, event, thread, context, answerer))
    alone = is_answer(answer) and alone_with(event, thread, bot_user_id)
    if isinstance(answer, Answer) or alone:
        _reply(answer, asked, event, context, records)


def _paced(event: dict[str, Any], context: BoltContext, pacing: Pacing) -> bool:
    """Whether a person has asked too much, and is told so: alone, or in their direct message."""
    refusal = pacing.refusal(context)
    if refusal is None:
        return False
    if event.get("channel_type") == "im":
        post_reply(context, event, refusal)
    else:
        tell_privately(context, refusal, event)
    return True


def _reply(
    answer: Answer | NoAnswer,
    asked: Exchange,
    event: dict[str, Any],
    context: BoltContext,
    records: Records,
) -> None:
    human = context["rules"].human_channel is not None
    message = answer_message(answer, asked.id, human=human)
    post_reply(context, event, with_length(answer, message))
    records.keep(asked, answer)


def _answer(
    question: str,
    event: dict[str, Any],
    client: WebClient,
    context: BoltContext,
    answerer: Answerer,
) -> Answer | NoAnswer:
    """The answer to a question; one that leans on its thread is read with the ones above it."""
    thread: Sequence[Said] = ()
    if "thread_ts" in event and answerer.leans(question):
        thread = _readable(client, event)
    return answerer.ask(question, _history(question, event, thread, context, answerer))


def _history(
    question: str,
    event: dict[str, Any],
    thread: Sequence[Said],
    context: BoltContext,
    answerer: Answerer,
) -> list[str]:
    """What the bot was asked above an event, oldest first, where the question leans on it.

    In a direct message that is all that the person wrote.
    """
    if not (thread and answerer.leans(question)):
        return []
    direct = event.get("channel_type") == "im"
    ours = thread if direct else addressed(thread, context.bot_user_id)
    return asked_above(ours, event["ts"], context.bot_user_id)


def _readable(client: WebClient, event: dict[str, Any]) -> list[Said]:
    """The event's thread; nothing where the bot may not read it."""
    try:
        return read_thread(client, event)
    except SlackApiError as error:
        if error.response["error"] not in _CLOSED:
            raise
        return []
