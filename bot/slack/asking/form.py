"""The form for a question, and the answer in its place: below a daily post, on Home, anywhere.

It asks all episodes, or the one that was chosen for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from slack_bolt import Ack, BoltContext, Respond

from bot.answers import Answer, NoAnswer, Quote
from bot.episodes import Entry
from bot.slack.answer.message import answer_message
from bot.slack.asking.answering import answer_question
from bot.slack.blocks.button_value import METADATA, decode_value, encode_value
from bot.slack.blocks.elements import Block
from bot.slack.blocks.episodes import named
from bot.slack.blocks.message import TRANSCRIPT_CHANGED, Message, notice
from bot.slack.blocks.modals import buttons, field, modal, submit, typed
from bot.slack.blocks.quote_refs import QuoteAgain, QuoteRefs, resolve
from bot.slack.blocks.quotes import quoted
from bot.slack.blocks.ways import NO_WAYS, Ways
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.sending.replies import respond_privately
from bot.storage import Asker

ASK, ASK_AGAIN, ASK_FORM, ASK_SHORTCUT = "ask", "ask_again", "ask_form", "ask_the_episode"
QUESTION = 300  # characters
_TITLE, _TITLE_ABOUT = "Ask the episode", "Ask about this"
_NOTHING_ASKED = "Write a question."
GONE = "That episode is not loaded any more."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened, and what it is about, if anything.

    `about` is the value of the button with a quote, `episode` the slug of the one episode to ask.
    """

    surface: Literal["daily", "home", "shortcut", "button"]
    about: str = ""
    episode: str = ""


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
    view = ask_form(Origin("daily", value), quote, ways=services.ways)
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
    quote = quote_of(origin.about, services.answerer.quote)
    again = ask_form(origin, quote, _entry(origin, services), services.ways)
    context.client.views_update(view_id=view["id"], view=again)


def handle_question(
    ack: Ack, view: dict[str, Any], services: Services, asker: Asker | None, *, is_shared: bool
) -> None:
    """Show the answer in the form's place; a question that leans on a post is read with it."""
    question = typed(view, "question", QUESTION)
    if not question:
        ack(response_action="errors", errors={"question": _NOTHING_ASKED})
        return
    origin = origin_of(view)
    if origin.episode and _entry(origin, services) is None:
        ack(response_action="errors", errors={"question": GONE})
        return
    episode = origin.episode or None
    request = AskRequest(question, asker, origin.surface, episode, is_shared=is_shared)
    answer_question(request, FormReply(ack, origin, services), services)


def _entry(origin: Origin, services: Services) -> Entry | None:
    """Return the episode that a form is about; None if it is about all, or about one that went."""
    at = services.answerer.library.place(origin.episode)
    return None if at is None else services.answerer.entries[at]


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
        human, ways = self.services.policy.human_channel is not None, self.services.ways
        view = answered_view(self.origin, answer, human=human, ways=ways)
        self.ack(response_action="update", view=view)
        return True


def ask_form(
    origin: Origin,
    quote: Quote | None = None,
    entry: Entry | None = None,
    ways: Ways = NO_WAYS,
) -> Block:
    """Return the form, below the quote or the episode that it is about, if any. Pure."""
    about = quoted([quote], ways.to([quote])) if quote else named(entry) if entry else []
    words = {"type": "plain_text_input", "max_length": QUESTION, "focus_on_load": True}
    return modal(
        _TITLE_ABOUT if quote else _TITLE,
        [*about, field("question", "Your question", words)],
        close="Cancel",
        submit=submit("Ask"),
        callback_id=ASK_FORM,
        private_metadata=encode_value(origin, METADATA) or "",
    )


def answered_view(
    origin: Origin, answer: Answer | NoAnswer, *, human: bool = False, ways: Ways = NO_WAYS
) -> Block:
    """Return what the form turns into: the answer, and a button that brings the form back. Pure."""
    shown = answer_message(answer, human=human, episode=origin.episode, ways=ways)
    return modal(
        _TITLE_ABOUT if origin.about else _TITLE,
        [*shown["blocks"], buttons({ASK_AGAIN: "Ask another question"})],
        private_metadata=encode_value(origin, METADATA) or "",
    )


def origin_of(view: Block) -> Origin:
    """Where a form was opened; what is no form's own metadata counts as a shortcut's. Pure."""
    metadata = view.get("private_metadata") or ""
    return decode_value(metadata, Origin, METADATA) or Origin("shortcut")


def quote_of(value: str, quote: QuoteAgain) -> Quote | None:
    """Return the one quote that a button's value stands for; None if it stands for none. Pure."""
    groups = decode_value(value, QuoteRefs)
    found = resolve(groups, quote) if groups else []
    return found[0] if len(found) == 1 else None
