"""*Ask about this*, below a daily post: a form for a question, and the answer in its place."""

from typing import Any

import msgspec
from slack_bolt import Ack, BoltContext, Respond

from bot.answers import Answerer, Quote
from bot.slack.blocks import answer_message, notice, quoted
from bot.slack.coordinates import BUTTON_VALUE, Editions, QuoteAgain, found_again
from bot.slack.elements import Block
from bot.slack.forms import field, modal, submit, typed
from bot.slack.records import Records, exchange
from bot.slack.replies import respond_privately

ASK_FORM = "ask_about_form"
QUESTION = 300  # characters
_TITLE = "Ask about this"
_CHANGED = "The transcript has changed since this was posted. Ask me in a message instead."
_NOTHING_ASKED = "Write a question."


def handle_ask_about(
    ack: Ack,
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    answerer: Answerer,
) -> None:
    """Open the form, with what was posted quoted afresh."""
    ack()
    value = action.get("value") or ""
    quote = quote_of(value, answerer.quote)
    if quote is None:
        respond_privately(respond, context.client, notice(_CHANGED))
        return
    context.client.views_open(trigger_id=body["trigger_id"], view=ask_form(quote, value))


def handle_question(
    ack: Ack, view: dict[str, Any], context: BoltContext, answerer: Answerer, records: Records
) -> None:
    """Show the answer in the form's place; a question that leans on the post is read with it."""
    question = typed(view, "question", QUESTION)
    if not question:
        ack(response_action="errors", errors={"question": _NOTHING_ASKED})
        return
    asked = exchange(context, "daily")
    quote = quote_of(view.get("private_metadata") or "", answerer.quote)
    leans = quote is not None and answerer.leans(question)
    answer = answerer.ask(question, [quote.text] if quote and leans else [])
    ack(response_action="update", view=modal(_TITLE, answer_message(answer)["blocks"]))
    records.keep(asked, answer)


def ask_form(quote: Quote, value: str) -> Block:
    """The form below a quote; `value` is the pressed button's. Pure."""
    words = {"type": "plain_text_input", "max_length": QUESTION, "focus_on_load": True}
    return modal(
        _TITLE,
        [*quoted([quote]), field("question", "Your question", words)],
        close="Cancel",
        submit=submit("Ask"),
        callback_id=ASK_FORM,
        private_metadata=value,
    )


def quote_of(value: str, quote: QuoteAgain) -> Quote | None:
    """The one quote that a button's value stands for; None where it stands for none. Pure."""
    if len(value) > BUTTON_VALUE:
        return None
    try:
        found = found_again(msgspec.json.decode(value, type=Editions), quote)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
    return found[0] if len(found) == 1 else None
