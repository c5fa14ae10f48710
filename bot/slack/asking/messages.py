"""Mentions, direct messages, and what follows up on them in threads."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt import BoltContext
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, NoAnswer
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question, with_length
from bot.slack.asking.message_text import asked_above, is_new_message, last_question, question_in
from bot.slack.asking.thread_history import Said, read_thread
from bot.slack.asking.titles import name_thread
from bot.slack.asking.turn_taking import addressed, alone_with, could_follow_up, follows_up
from bot.slack.blocks.message import Message, notice
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES, post_reply, tell_privately
from bot.storage import Asker

_CANNOT_READ = "I can't read this thread. Put the whole question into the message to me."
# What Slack says of threads that the bot may not read, such as those of Slack Connect.
_UNREADABLE = {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"}

log = logging.getLogger(__name__)


def concerns(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether an event can be for the bot: of all that is said in channels, little is."""
    if event.get("type") != "message":
        return True
    direct = event.get("channel_type") == "im"
    return is_new_message(event) if direct else could_follow_up(event, bot_user_id)


def handle_mention(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Answer a mention in its thread; without a question, the last one above it."""
    if not is_new_message(event):
        return
    request = AskRequest(question_in(event.get("text"), context.bot_user_id), asker, "mention")
    reply = MessageReply(event, context, services)
    used_up = services.rate_limit.is_used_up(asker)  # then no read of the thread is spent
    if not request.text and "thread_ts" in event and not used_up:
        if not reply.thread:
            post_reply(context, event, notice(_CANNOT_READ))
            return
        above = last_question(reply.thread, event["ts"], context.bot_user_id)
        request = replace(request, text=above)
    answer_question(request, reply, services)


def handle_message(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Answer a direct message, or a question in a thread that goes on with the bot."""
    if not concerns(event, context.bot_user_id):
        return
    text = question_in(event.get("text"), context.bot_user_id)
    if event.get("channel_type") != "im":
        _follow(event, context, services, AskRequest(text, asker, "thread"))
        return
    answer_question(
        AskRequest(text, asker, "direct"), MessageReply(event, context, services), services
    )


def _follow(
    event: dict[str, Any], context: BoltContext, services: Services, request: AskRequest
) -> None:
    """Answer what follows up in a thread, unless people talk to each other there."""
    if services.rate_limit.is_used_up(request.asker):
        return  # whom the message is for takes a read of the thread, which Slack rations
    try:
        thread = read_thread(context.client, event)
    except FAILURES as error:  # nobody may have meant the bot, so nobody is told
        log.warning("A thread in %s is not followed: %s", event["channel"], type(error).__name__)
        return
    if follows_up(event, thread, context.bot_user_id):
        context["following"] = True  # from here on it owes an answer
        reply = FollowUpReply(event, context, services, thread)
        answer_question(request, reply, services)


@dataclass(slots=True)
class MessageReply:
    """Answers a message in its thread; it reads the thread above it at most once."""

    event: dict[str, Any]
    context: BoltContext
    services: Services
    read: Sequence[Said] | None = field(default=None)

    @property
    def thread(self) -> Sequence[Said]:
        """Return the thread above the message; nothing where the bot may not read it."""
        if self.read is None:
            self.read = self._readable() if "thread_ts" in self.event else ()
        return self.read

    def history(self) -> Sequence[str]:
        """Return what the bot was asked above; in a direct message, all that the person wrote."""
        direct = self.event.get("channel_type") == "im"
        ours = self.thread if direct else addressed(self.thread, self.context.bot_user_id)
        return asked_above(ours, self.event["ts"], self.context.bot_user_id)

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
        if self._begins_conversation and answer.is_question:
            name_thread(self.context.client, self.event, request.text)
        return True

    @property
    def _begins_conversation(self) -> bool:
        return self.event.get("channel_type") == "im" and "thread_ts" not in self.event

    def _readable(self) -> Sequence[Said]:
        try:
            return read_thread(self.context.client, self.event)
        except SlackApiError as error:
            if error.response["error"] not in _UNREADABLE:
                raise
            return ()


class FollowUpReply(MessageReply):
    """Answers in company; what the bot cannot answer is left to the people there."""

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Post an answer; a decline only where nobody else may have been meant."""
        alone = answer.is_question and alone_with(self.event, self.thread, self.context.bot_user_id)
        if not (isinstance(answer, Answer) or alone):
            return False
        return super().show(answer, request)
