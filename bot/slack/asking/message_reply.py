"""The answer to a message, in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import BoltContext

from bot.answers import Answer, NoAnswer
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import with_length
from bot.slack.asking.threads.kept_turns import overhear, turn_of
from bot.slack.asking.threads.thread_history import ThreadHistory
from bot.slack.asking.threads.titles import name_thread
from bot.slack.asking.threads.turn_taking import alone_with, utterance
from bot.slack.blocks.message import Message
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import post_reply, tell_privately
from bot.storage import Move


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
        message = answer_message(
            answer,
            request.id,
            human=human,
            episode=request.episode or "",
            ways=self.services.ways,
        )
        asked = request.text if answer.is_question else ""
        self.post(with_length(answer, message), request, asked)
        if self._begins_conversation and answer.is_question:
            name_thread(self.context.client, self.event, request.text)
        return True

    def post(self, message: Message, request: AskRequest, asked: str = "") -> None:
        """Post in the thread; `asked` is the question that is answered, if it is one."""
        post_reply(self.context, self.event, message)
        self._keep(asked, request)

    def _keep(self, asked: str, request: AskRequest) -> None:
        """Keep what was asked and that it was answered, so that nobody reads the thread for it."""
        move = utterance(self.event, self.context.bot_user_id).move or Move.QUESTION
        if request.surface == "mention" and move is not Move.FAREWELL:
            move = Move.MENTION
        turn = turn_of(self.event, move, self.services, asked)
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
