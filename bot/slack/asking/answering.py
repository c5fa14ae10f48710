"""The one path of a question: how often, with what history, the answer, its place, its record."""

from collections.abc import Sequence
from typing import Protocol

from bot.answers import READ, Answer, NoAnswer, Pointer
from bot.slack.answer.kept import with_kept_answer
from bot.slack.asking.threads.thread_history import RationedError
from bot.slack.blocks.message import Message, notice, with_note
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services

CANNOT_READ = "I can't read this thread. Put the whole question into the message to me."
_CUT = f"That was a long message. I read its first {READ:,} characters:"


class Reply(Protocol):
    """What differs between surfaces; a small class of each stands beside its listener."""

    def history(self) -> Sequence[str]:
        """Return the earlier questions, oldest first; called only if the question needs them."""

    def refuse(self, message: Message) -> None:
        """Tell the person why they get no answer."""

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Show the answer; return False if it was left unsaid, which is not kept."""


def answer_question(request: AskRequest, reply: Reply, services: Services) -> None:
    """Answer a question on whatever surface it was asked: every surface calls this."""
    if refusal := services.rate_limit.limited(request.asker):
        reply.refuse(refusal)
        return
    try:
        answer = services.answerer.ask(
            request.text, reply.history, request.episode, request.show, _pointer(request, services)
        )
    except RationedError:
        reply.refuse(notice(CANNOT_READ))
        return
    answer = with_kept_answer(answer, request, services)
    if reply.show(answer, request):
        services.question_log.record(request, answer)


def _pointer(request: AskRequest, services: Services) -> Pointer | None:
    """Return who may point; what is searched for in all of Slack was not said to the bot."""
    return None if request.surface == "search" else services.pointer(request.asker)


def with_length(answer: Answer | NoAnswer, message: Message) -> Message:
    """Return a message, below a line that says so if the question was not read to its end. Pure."""
    return with_note(message, _CUT) if len(answer.question) > READ else message
