"""A question that the bot suggested, asked by its button."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient

from bot.answers import Answer, NoAnswer
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question
from bot.slack.asking.episodes import list_episodes
from bot.slack.blocks.message import Message
from bot.slack.requests.press import Press
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import post_message
from bot.storage import Asker


def handle_suggestion(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    client: WebClient,
    services: Services,
    asker: Asker | None,
    *,
    is_shared: bool,
) -> None:
    """Answer the question that the button carries, for the person alone."""
    words = action.get("value") or ""
    press = Press(body, respond, client)
    reply = SuggestionReply(press, services)
    if listed := list_episodes(words, services, asker):
        reply.post(listed)
    else:
        show = services.places.show(asker, press.origin.channel_id)
        request = AskRequest(words, asker, "button", show=show, is_shared=is_shared)
        answer_question(request, reply, services)


@dataclass(frozen=True, slots=True)
class SuggestionReply:
    """Answers in private: in a direct message's thread, on top of a modal, or unseen by others."""

    press: Press
    services: Services

    def history(self) -> Sequence[str]:
        """Return nothing: a suggestion stands alone."""
        return ()

    def refuse(self, message: Message) -> None:
        """Tell the person alone."""
        self.press.tell(message)

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Show the answer beside the message that suggested its question."""
        human = self.services.policy.human_channel is not None
        answer_id = "" if self.press.in_modal else request.id
        self.post(answer_message(answer, answer_id, human=human, ways=self.services.ways))
        return True

    def post(self, message: Message) -> None:
        """Show a message where the person alone sees it, or in their direct message's thread."""
        origin = self.press.origin
        if self.press.changes_in_place and not origin.ephemeral:
            thread_ts = origin.thread_ts or origin.ts
            post_message(self.press.client, origin.channel_id, message, thread_ts)
        else:
            self.press.tell(message)
