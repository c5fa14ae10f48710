"""A question on its way to a person and back: forms and messages. Pure.

Words of people stand in `text` elements and `plain_text`, where no markup acts, and escaped in the
`text` of a message. What a person says is marked as theirs wherever it stands.
"""

from typing import Annotated

import msgspec

from bot.slack.answer.buttons import FOR_HUMAN
from bot.slack.answer.kept import WORDS
from bot.slack.blocks.elements import (
    Block,
    button,
    literal,
    quotation,
    rich,
    row,
    section,
    shorten,
)
from bot.slack.blocks.fallback import fallback_text
from bot.slack.blocks.message import LABEL, MESSAGE_TEXT, Message, notice, text_line, to_message
from bot.slack.blocks.modals import checkbox, field, modal, submit
from bot.storage import Handover

HUMAN_FORM, ANSWER_FORM = "human_form", "human_answer_form"
ANSWER, RESOLVED = "human_answer", "human_resolved"
FOR_OTHERS = "for_others"
TITLE, ANSWER_TITLE = "Ask a human", "Answer"
# Characters of a question in a message's `text`; the answer has the rest. Chosen by hand.
_QUESTION_TEXT = 800
_TO_WHOM = (
    "It goes to a channel of people in this workspace, with your name and a link back here. The "
    "answer may later be shown to others who ask the same, without your name."
)
_SHOWN = "Others may be shown this"
_BACK = (
    "Your answer goes to whoever asked, with your name, as a person's and not the episode's. With "
    "the box ticked it also goes to others in this workspace who ask the same, until you or an "
    "admin withdraw it."
)
_ASKS = " asks a person what the episode does not say:"
_PRIVATELY = "It was asked in private, so an answer goes to them alone."
_UNLINKED = "An answer goes back to where it was asked."
_NOT_THE_EPISODE = "A person answers, with words of their own and not the episode's."
_ANSWERED, _CLOSED = "Answered by ", "No answer needed, says "

_Channel = Annotated[str, msgspec.Meta(pattern=r"^[CG][A-Z0-9]{2,30}$")]
_Time = Annotated[str, msgspec.Meta(pattern=r"^\d{1,12}\.\d{1,9}$")]


class Thread(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """Where a question was asked; both are None where it was in private."""

    channel_id: _Channel | None
    ts: _Time | None


class Handed(msgspec.Struct, array_like=True, forbid_unknown_fields=True, frozen=True):
    """A question that was handed over, and the message by which it was, in the human channel."""

    id: Annotated[str, msgspec.Meta(max_length=LABEL)]
    channel_id: _Channel
    ts: _Time


def question_form(question: str, metadata: str) -> Block:
    """Return a form with the question to edit, or to write; `metadata` says where it was asked."""
    words = {"type": "plain_text_input", "multiline": True, "max_length": FOR_HUMAN}
    asked = {"initial_value": shorten(question, FOR_HUMAN)} if question else {}
    return modal(
        TITLE,
        [field("question", "Your question", words | asked), *notice(_TO_WHOM)["blocks"]],
        close="Cancel",
        submit=submit("Ask"),
        callback_id=HUMAN_FORM,
        private_metadata=metadata,
    )


def answer_form(handover: Handover, metadata: str) -> Block:
    """Return a form for the answer, below the question; `metadata` says which question it is."""
    words = {"type": "plain_text_input", "multiline": True, "max_length": WORDS}
    return modal(
        ANSWER_TITLE,
        [
            rich(*_quote(handover.question)),
            field("answer", "Your answer", words),
            {**field(FOR_OTHERS, "For others", checkbox(FOR_OTHERS, _SHOWN)), "optional": True},
            *notice(_BACK)["blocks"],
        ],
        close="Cancel",
        submit=submit("Send"),
        callback_id=ANSWER_FORM,
        private_metadata=metadata,
    )


def question_message(handover: Handover, link: str | None) -> Message:
    """Return the question for the human channel, with what can be done about it."""
    message = to_message([_question(handover, link)])
    buttons = row(
        button(ANSWER, "Answer", handover.id, "Answer this question"),
        button(RESOLVED, "No answer needed", handover.id, "Close this question without an answer"),
    )
    return Message(text=message["text"], blocks=[*message["blocks"], *buttons])


def closed_message(handover: Handover, link: str | None) -> Message:
    """Return the question once it is closed: by whom, and with what answer, if with any."""
    done = _ANSWERED if handover.answer else _CLOSED
    who = section(literal(done, LABEL), _person(handover.answered_by or ""))
    return _both(_question(handover, link), rich(who, *_quote(handover.answer)))


def answered_message(handover: Handover) -> Message:
    """Return a person's answer, for the person who asked."""
    asked = section(_person(handover.asked_by), literal(" asked:", LABEL))
    says = section(_person(handover.answered_by or ""), literal(" says:", LABEL))
    marked = section(literal(_NOT_THE_EPISODE, LABEL, bold=True))
    return _both(
        rich(asked, *_quote(handover.question)), rich(marked, says, *_quote(handover.answer))
    )


def _both(question: Block, answer: Block) -> Message:
    """Return a question and its answer; however long the question, the text holds the answer."""
    asked = fallback_text([question], _QUESTION_TEXT)
    answered = fallback_text([answer], MESSAGE_TEXT - len(asked) - 1)
    return Message(text=f"{asked}\n{answered}", blocks=[question, answer])


def _question(handover: Handover, link: str | None) -> Block:
    """Return who asks what, and where."""
    asks = section(_person(handover.asked_by), literal(_ASKS, LABEL))
    place = text_line(_PRIVATELY if handover.channel_id is None else _UNLINKED)
    if link:
        place = section({"type": "link", "url": link, "text": "Go to where it was asked"})
    return rich(asks, *_quote(handover.question), place)


def _quote(words: str | None) -> list[Block]:
    """Return a person's text as a quotation. Empty text gives no block."""
    return [quotation(literal(words, WORDS))] if words else []


def _person(user_id: str) -> Block:
    return {"type": "user", "user_id": user_id}
