"""Mentions, direct messages, and what follows up on them in threads."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import BoltContext

from bot.slack.asking.answering import CANNOT_READ, answer_question
from bot.slack.asking.episodes import list_episodes
from bot.slack.asking.message_reply import FollowUpReply, MessageReply
from bot.slack.asking.message_text import (
    asked_in,
    edited_mention,
    is_new_mention,
    is_new_message,
)
from bot.slack.asking.threads.kept_turns import overhear
from bot.slack.asking.threads.thread_history import RationedError, ThreadHistory
from bot.slack.asking.threads.turn_taking import could_follow_up, follows_up, utterance
from bot.slack.blocks.message import notice
from bot.slack.requests.people import USER_CHANGE, has_left
from bot.slack.requests.question_log import AskRequest, Surface
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES, post_reply
from bot.storage import Asker

log = logging.getLogger(__name__)


def concerns(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether an event can be for the bot: of all that is said in channels, little is."""
    if event.get("type") == USER_CHANGE:
        return has_left(event)
    if event.get("type") != "message":
        return True
    if edited_mention(event, bot_user_id):
        return True
    direct = event.get("channel_type") == "im"
    return is_new_message(event) if direct else could_follow_up(event, bot_user_id)


def delivery_id(body: Mapping[str, Any], bot_user_id: str | None) -> str:
    """Return what tells an event from any other: a mention is one, however often it is edited."""
    event: Mapping[str, Any] = body["event"]
    mention = event if event.get("type") == "app_mention" else edited_mention(event, bot_user_id)
    if mention is None:
        return str(body["event_id"])
    return f"mention {body.get('team_id')} {mention['channel']} {mention['ts']}"


def handle_mention(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Answer a mention in its thread; without a question, the last one above it."""
    if not is_new_mention(event):
        return
    request = _asked(event, context, services, asker, "mention")
    reply = MessageReply(event, context, services)
    used_up = services.rate_limit.is_used_up(asker)  # then no read of the thread is spent
    if not request.text and "thread_ts" in event and not used_up:
        above = _asked_above(reply.thread)
        if above is None:
            post_reply(context, event, notice(CANNOT_READ))
            return
        request = replace(request, text=above)
    _answer(request, reply, services)


def handle_message(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Answer a direct message, or a question in a thread that goes on with the bot."""
    if mention := edited_mention(event, context.bot_user_id):
        context["mention"] = mention
        handle_mention(mention, context, services, asker)
        return
    if not concerns(event, context.bot_user_id):
        return
    if event.get("channel_type") != "im":
        _follow(event, context, services, asker)
        return
    reply = MessageReply(event, context, services)
    _answer(_asked(event, context, services, asker, "direct"), reply, services)


def _asked(
    event: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
    surface: Surface,
) -> AskRequest:
    """Return what a message asks: of a card's episode below it, first of the channel's show."""
    channel, places = event["channel"], services.places
    episode = places.episode(asker, channel, event.get("thread_ts"))
    gone = episode is None or services.answerer.library.place(episode) is None
    return AskRequest(
        asked_in(event, context.bot_user_id),
        asker,
        surface,
        episode=None if gone else episode,
        show=places.show(asker, channel),
        is_shared=context.get("is_shared", False),
    )


def _answer(request: AskRequest, reply: MessageReply, services: Services) -> None:
    """Answer a question, or list the episodes."""
    if listed := list_episodes(request.text, services, request.asker):
        reply.post(listed, request)
    else:
        answer_question(request, reply, services)


def _asked_above(thread: ThreadHistory) -> str | None:
    """Return the last question above an empty mention; None if the thread cannot be read."""
    try:
        return thread.last_question
    except RationedError:
        return None


def _follow(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Answer what follows up in a thread, unless people talk to each other there."""
    if services.rate_limit.is_used_up(asker):
        return  # whom the message is for may take a read of the thread, which Slack rations
    reply = FollowUpReply(event, context, services)
    try:
        follows = follows_up(utterance(event, context.bot_user_id), reply.thread.above)
    except FAILURES as error:  # nobody may have meant the bot, so nobody is told
        log.warning("A thread in %s is not followed: %s", event["channel"], type(error).__name__)
        return
    if follows:
        context["following"] = True  # from here on it owes an answer
        answer_question(_asked(event, context, services, asker, "thread"), reply, services)
    else:
        overhear(event, context, services, asker)
