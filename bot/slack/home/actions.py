"""The buttons of Home: a question to try, a term, a list of the episode's, the report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext

from bot.answers import Answer, NoAnswer
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question
from bot.slack.asking.form import Origin, answered_view
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import Message, notice
from bot.slack.blocks.modals import modal
from bot.slack.home.blocks import LISTS
from bot.slack.home.gathering import days_of, is_admin, places, report_of
from bot.slack.home.report import ADMINS_ONLY, TITLE, report_view
from bot.slack.requests.people import look_up
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.storage import Asker

_HOME = "From the episode"
_NOTHING = "The episode has no such list any more."


def handle_try(
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Answer the question that stands on the button."""
    reply = ModalReply(body, context, services)
    answer_question(AskRequest(action.get("value") or "", asker, "home"), reply, services)


def handle_define(
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Define the term that was chosen."""
    term = (action.get("selected_option") or {}).get("value") or ""
    reply = ModalReply(body, context, services)
    answer_question(AskRequest(f"define {term}", asker, "home"), reply, services)


def handle_list(
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Show the segments, the takeaways or the terms."""

    def view() -> Block:
        name = LISTS[action["action_id"]]
        answer = services.answerer.ask(name)
        found = isinstance(answer, Answer)
        shown = answer_message(answer, ways=services.ways) if found else notice(_NOTHING)
        return modal(name.capitalize(), shown["blocks"])

    _open(view, body, context, services, asker)


def handle_report(
    body: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Show the whole report, if the person still is an admin."""

    def view() -> Block:
        if not is_admin(look_up(context)):
            return modal(TITLE, notice(ADMINS_ONLY)["blocks"])
        report = report_of(services, asker)
        return report_view(report, days_of(services.policy), places(services.answerer.library))

    _open(view, body, context, services, asker)


def handle_insights() -> None:
    """Do nothing: Slack opens the button's address by itself, and tells of it all the same."""


@dataclass(frozen=True, slots=True)
class ModalReply:
    """Answers in a modal on top of Home."""

    body: Mapping[str, Any]
    context: BoltContext
    services: Services

    def history(self) -> Sequence[str]:
        """Return nothing: what Home offers stands alone."""
        return ()

    def refuse(self, message: Message) -> None:
        """Tell the person in a modal."""
        self._show(modal(_HOME, message["blocks"]))

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Show the answer, and a button to ask more."""
        del request
        human, ways = self.services.policy.human_channel is not None, self.services.ways
        self._show(answered_view(Origin("home"), answer, human=human, ways=ways))
        return True

    def _show(self, view: Block) -> None:
        self.context.client.views_open(trigger_id=self.body["trigger_id"], view=view)


def _open(
    view: Callable[[], Block],
    body: Mapping[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Open a modal; whoever does too much at once is told so in it, and nothing is gathered."""
    refusal = services.rate_limit.limited(asker)
    shown = modal(_HOME, refusal["blocks"]) if refusal else view()
    context.client.views_open(trigger_id=body["trigger_id"], view=shown)
