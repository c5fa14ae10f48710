"""Mentions, direct messages, and what follows up on them in threads."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt import BoltContext

from bot.answers import READ, Answer, NoAnswer
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import CANNOT_READ, answer_question, with_length
from bot.slack.asking.message_text import (
    asked_in,
    edited_mention,
    is_new_mention,
    is_new_message,
)
from bot.slack.asking.thread_history import RationedError, ThreadHistory
from bot.slack.asking.titles import name_thread
from bot.slack.asking.turn_taking import (
    alone_with,
    could_follow_up,
    could_take_turn,
    follows_up,
    utterance,
)
from bot.slack.blocks.message import Message, notice
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES, post_reply, tell_privately
from bot.storage import Asker, Move, ThreadTurn

log = logging.getLogger(__name__)


def concerns(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether an event can be for the bot: of all that is said in channels, little is."""
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
    request = AskRequest(asked_in(event, context.bot_user_id), asker, "mention")
    reply = MessageReply(event, context, services)
    used_up = services.rate_limit.is_used_up(asker)  # then no read of the thread is spent
    if not request.text and "thread_ts" in event and not used_up:
        above = _asked_above(reply.thread)
        if above is None:
            post_reply(context, event, notice(CANNOT_READ))
            return
        request = replace(request, text=above)
    answer_question(request, reply, services)


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
    text = asked_in(event, context.bot_user_id)
    if event.get("channel_type") != "im":
        _follow(event, context, services, AskRequest(text, asker, "thread"))
        return
    reply = MessageReply(event, context, services)
    answer_question(AskRequest(text, asker, "direct"), reply, services)


def overhear(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Keep whose turn it is where people talk in a thread that the bot takes part in."""
    if not could_take_turn(event, context.bot_user_id):
        return
    if services.thread_log.of_event(asker, event):
        move = utterance(event, context.bot_user_id).move or Move.TALK
        services.thread_log.record(asker, _turn(event, move, services))


def _asked_above(thread: ThreadHistory) -> str | None:
    """Return the last question above an empty mention; None if the thread cannot be read."""
    try:
        return thread.last_question
    except RationedError:
        return None


def _follow(
    event: dict[str, Any], context: BoltContext, services: Services, request: AskRequest
) -> None:
    """Answer what follows up in a thread, unless people talk to each other there."""
    if services.rate_limit.is_used_up(request.asker):
        return  # whom the message is for may take a read of the thread, which Slack rations
    reply = FollowUpReply(event, context, services)
    try:
        follows = follows_up(utterance(event, context.bot_user_id), reply.thread.above)
    except FAILURES as error:  # nobody may have meant the bot, so nobody is told
        log.warning("A thread in %s is not followed: %s", event["channel"], type(error).__name__)
        return
    if follows:
        context["following"] = True  # from here on it owes an answer
        answer_question(request, reply, services)
    else:
        overhear(event, context, services, request.asker)


def _turn(
    event: Mapping[str, Any], move: Move, services: Services, question: str | None = None
) -> ThreadTurn:
    """Return what is kept of a message in a thread; `question` is what the bot has answered."""
    return ThreadTurn(
        channel_id=event["channel"],
        thread_ts=event.get("thread_ts", event["ts"]),
        ts=event["ts"],
        move=move,
        said_at=services.clock(),
        question=(question or "")[:READ],
        answered=question is not None,
    )


@dataclass(slots=True)
class MessageReply:
    """Answers a message in its thread."""

    event: dict[str, Any]
    context: BoltContext
    services: Services
    thread: ThreadHistory = field(init=False)

    def __post_init__(self) -> None:
        """Look at the thread above the message, if it is ever needed."""
        asker = self.context.get("asker")
        self.thread = ThreadHistory(self.event, self.context, self.services, asker)

    def history(self) -> Sequence[str]:
        """Return what the bot was asked above; in a direct message, all that the person wrote."""
        return self.thread.questions

    def refuse(self, message: Message) -> None:
        """Tell the person alone, or in their direct message."""
        if self.event.get("channel_type") == "im":
            post_reply(self.context, self.event, message)
        else:
            tell_privately(self.context, message, self.event)

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Post the answer in the thread."""
        human = self.services.policy.human_channel is not None
        message = answer_message(answer, request.id, human=human)
        post_reply(self.context, self.event, with_length(answer, message))
        self._keep(answer, request)
        if self._begins_conversation and answer.is_question:
            name_thread(self.context.client, self.event, request.text)
        return True

    def _keep(self, answer: Answer | NoAnswer, request: AskRequest) -> None:
        """Keep what was asked and that it was answered, so that nobody reads the thread for it."""
        move = utterance(self.event, self.context.bot_user_id).move or Move.QUESTION
        if request.surface == "mention" and move is not Move.FAREWELL:
            move = Move.MENTION
        asked = request.text if answer.is_question else ""
        turn = _turn(self.event, move, self.services, asked)
        self.services.thread_log.record(request.asker, turn)

    @property
    def _begins_conversation(self) -> bool:
        return self.event.get("channel_type") == "im" and "thread_ts" not in self.event


class FollowUpReply(MessageReply):
    """Answers in company; what the bot cannot answer is left to the people there."""

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Post an answer; a decline only where nobody else may have been meant."""
        said = utterance(self.event, self.context.bot_user_id)
        alone = answer.is_question and alone_with(said, self.thread.above)
        if not (isinstance(answer, Answer) or alone):
            overhear(self.event, self.context, self.services, request.asker)
            return False
        return super().show(answer, request)
