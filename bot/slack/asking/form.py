"""The form for a question, and the answer in its place: below a daily post, on Home, anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from slack_bolt import Ack, BoltContext, Respond

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question
from bot.slack.blocks.button_value import decode_value, encode_value
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import TRANSCRIPT_CHANGED, Message, notice
from bot.slack.blocks.modals import buttons, field, modal, submit, typed
from bot.slack.blocks.quote_refs import QuoteAgain, QuoteRefs, resolve
from bot.slack.blocks.quotes import quoted
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import respond_privately
from bot.storage import Asker

ASK, ASK_AGAIN, ASK_FORM, ASK_SHORTCUT = "ask", "ask_again", "ask_form", "ask_the_episode"
QUESTION = 300  # characters
_TITLE, _TITLE_ABOUT = "Ask the episode", "Ask about this"
_NOTHING_ASKED = "Write a question."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened, and the value of the button with what it is about, if anything."""

    surface: Literal["daily", "home", "shortcut"]
    about: str = ""


def handle_ask_about(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
) -> None:
    """Open the form below a daily post, with what was posted quoted afresh."""
    value = action.get("value") or ""
    quote = quote_of(value, services.answerer.quote)
    if quote is None:
        respond_privately(respond, context.client, notice(TRANSCRIPT_CHANGED))
        return
    view = ask_form(Origin("daily", value), quote)
    context.client.views_open(trigger_id=body["trigger_id"], view=view)


def handle_ask(body: dict[str, Any], context: BoltContext) -> None:
    """Open the form from Home."""
    context.client.views_open(trigger_id=body["trigger_id"], view=ask_form(Origin("home")))


def handle_ask_shortcut(body: dict[str, Any], context: BoltContext) -> None:
    """Open the form from wherever a person is."""
    context.client.views_open(trigger_id=body["trigger_id"], view=ask_form(Origin("shortcut")))


def handle_ask_again(body: dict[str, Any], context: BoltContext, services: Services) -> None:
    """Show the form anew in the place of an answer."""
    view = body["view"]
    origin = origin_of(view)
    again = ask_form(origin, quote_of(origin.about, services.answerer.quote))
    context.client.views_update(view_id=view["id"], view=again)


def handle_question(
    ack: Ack, view: dict[str, Any], services: Services, asker: Asker | None
) -> None:
    """Show the answer in the form's place; a question that leans on a post is read with it."""
    question = typed(view, "question", QUESTION)
    if not question:
        ack(response_action="errors", errors={"question": _NOTHING_ASKED})
        return
    origin = origin_of(view)
    request = AskRequest(question, asker, origin.surface)
    answer_question(request, FormReply(ack, origin, services), services)


@dataclass(frozen=True, slots=True)
class FormReply:
    """Answers in the place of the form, with its acknowledgement."""

    ack: Ack
    origin: Origin
    services: Services

    def history(self) -> Sequence[str]:
        """Return what the post that the form is about answers, if there is one."""
        quote = quote_of(self.origin.about, self.services.answerer.quote)
        if quote is None:
            return []
        return [f"takeaway {quote.item.number}" if quote.item else quote.text]

    def refuse(self, message: Message) -> None:
        """Tell the person below the field."""
        self.ack(response_action="errors", errors={"question": message["text"]})

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Turn the form into the answer."""
        del request
        human = self.services.policy.human_channel is not None
        self.ack(response_action="update", view=answered_view(self.origin, answer, human=human))
        return True


def ask_form(origin: Origin, quote: Quote | None = None) -> Block:
    """Return the form, below the quote that it is about, if any. Pure."""
    words = {"type": "plain_text_input", "max_length": QUESTION, "focus_on_load": True}
    return modal(
        _TITLE_ABOUT if quote else _TITLE,
        [*(quoted([quote]) if quote else []), field("question", "Your question", words)],
        close="Cancel",
        submit=submit("Ask"),
        callback_id=ASK_FORM,
        private_metadata=encode_value(origin) or "",
    )


def answered_view(origin: Origin, answer: Answer | NoAnswer, *, human: bool = False) -> Block:
    """Return what the form turns into: the answer, and a button that brings the form back. Pure."""
    return modal(
        _TITLE_ABOUT if origin.about else _TITLE,
        [
            *answer_message(answer, human=human)["blocks"],
            buttons({ASK_AGAIN: "Ask another question"}),
        ],
        private_metadata=encode_value(origin) or "",
    )


def origin_of(view: Block) -> Origin:
    """Where a form was opened; what is no form's own metadata counts as a shortcut's. Pure."""
    return decode_value(view.get("private_metadata") or "", Origin) or Origin("shortcut")


def quote_of(value: str, quote: QuoteAgain) -> Quote | None:
    """Return the one quote that a button's value stands for; None if it stands for none. Pure."""
    groups = decode_value(value, QuoteRefs)
    found = resolve(groups, quote) if groups else []
    return found[0] if len(found) == 1 else None
