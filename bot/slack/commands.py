"""The slash command: which feature it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext

from bot.answers import Answer, NoAnswer
from bot.slack.announcing.command import read_new
from bot.slack.announcing.listeners import answer_new
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question, with_length
from bot.slack.asking.episodes import list_episodes
from bot.slack.asking.here import answer_here, read_here
from bot.slack.asking.message_text import question_in, readable
from bot.slack.asking.nearest_command import with_nearest
from bot.slack.blocks.message import Message
from bot.slack.daily.command import read_daily
from bot.slack.daily.listeners import answer_daily
from bot.slack.listening.command import read_listen
from bot.slack.listening.listeners import answer_listen
from bot.slack.privacy.forget import (
    asks_for_privacy,
    asks_to_be_forgotten,
    forget,
    privacy_message,
)
from bot.slack.quiz.form import asks_for_quiz, open_quiz
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import answer_command
from bot.storage import Asker


def handle_command(
    command: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Do what `/llm …` says, or answer it as a question, for the person alone."""
    words = readable(command.get("text") or "")
    message = None
    if wish := read_daily(words):
        message = answer_daily(wish, command, context, services, asker)
    elif news := read_new(words):
        message = answer_new(news, command, context, services, asker)
    elif listen := read_listen(words):
        message = answer_listen(listen, command, context, services, asker)
    elif here := read_here(words):
        message = answer_here(here, command, context, services, asker)
    elif asks_for_quiz(words):
        message = open_quiz(command["trigger_id"], context, services, asker)
    elif listed := list_episodes(words, services, asker):
        message = listed
    elif asks_for_privacy(words):
        days, model = services.policy.retention_days, services.model_for(asker)
        message = privacy_message(days, model, hosted=bool(services.hosted_model))
    elif asks_to_be_forgotten(words):
        message = forget(services, asker)
    else:
        show = services.places.show(asker, command["channel_id"])
        request = AskRequest(question_in(command.get("text")), asker, "command", show=show)
        answer_question(request, CommandReply(context, services), services)
    if message:
        answer_command(context, message)


@dataclass(frozen=True, slots=True)
class CommandReply:
    """Answers the person alone, with a button that shares what was quoted."""

    context: BoltContext
    services: Services

    def history(self) -> Sequence[str]:
        """Return nothing: Slack takes no command in a thread."""
        return ()

    def refuse(self, message: Message) -> None:
        """Tell the person alone."""
        answer_command(self.context, message)

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Show the answer, with the command that a declined word or two resemble."""
        answer = with_nearest(request.text, answer)
        human = self.services.policy.human_channel is not None
        message = answer_message(answer, request.id, human=human, ways=self.services.ways)
        answer_command(self.context, with_length(answer, message))
        return True
