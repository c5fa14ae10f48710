"""A question on its way to a person and back: forms and messages. Pure.

Words of people stand in `text` elements and `plain_text`, where no markup acts, and escaped in the
`text` of a message. What a person says is marked as theirs wherever it stands.
"""

from typing import Annotated

import msgspec

from bot.slack.answer.buttons import FOR_HUMAN
from bot.slack.blocks.elements import (
    Block,
    button,
    escape_within,
    literal,
    rich,
    row,
    section,
    shorten,
)
from bot.slack.blocks.message import LABEL, Message, notice, text_line
from bot.slack.blocks.modals import field, modal, submit
from bot.storage import Handover

HUMAN_FORM, ANSWER_FORM = "human_form", "human_answer_form"
ANSWER, RESOLVED = "human_answer", "human_resolved"
TITLE, ANSWER_TITLE = "Ask a human", "Answer"
WORDS = 3_000  # characters of an answer
# In a message's `text`, of which chat.update takes 4,000 characters: the question and the answer.
_QUESTION_TEXT, _ANSWER_TEXT = 700, 3_100
_TO_WHOM = "It goes to a channel of people in this workspace, with your name and a link back here."
_BACK = "Your answer goes to whoever asked, with your name, as a person's and not the episode's."
_ASKS = " asks a person what the episode does not say:"
_PRIVATELY = "It was asked in private, so an answer goes to them alone."
_UNLINKED = "An answer goes back to where it was asked."
_NOT_THE_EPISODE = "A person answers, with words of their own and not the episode's."

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
    """A form with the question to edit; `metadata` says where it was asked."""
    words = {"type": "plain_text_input", "multiline": True, "max_length": FOR_HUMAN}
    asked = {"initial_value": shorten(question, FOR_HUMAN)}
    return modal(
        TITLE,
        [field("question", "Your question", words | asked), *notice(_TO_WHOM)["blocks"]],
        close="Cancel",
        submit=submit("Ask"),
        callback_id=HUMAN_FORM,
        private_metadata=metadata,
    )


def answer_form(handover: Handover, metadata: str) -> Block:
    """A form for the answer, below the question; `metadata` says which question it is."""
    words = {"type": "plain_text_input", "multiline": True, "max_length": WORDS}
    return modal(
        ANSWER_TITLE,
        [
            rich(*_quote(handover.question)),
            field("answer", "Your answer", words),
            *notice(_BACK)["blocks"],
        ],
        close="Cancel",
        submit=submit("Send"),
        callback_id=ANSWER_FORM,
        private_metadata=metadata,
    )


def question_message(handover: Handover, link: str | None) -> Message:
    """The question for the people of the human channel, with what can be done about it."""
    message = _question(handover, link)
    buttons = row(
        button(ANSWER, "Answer", handover.id, "Answer this question"),
        button(RESOLVED, "Resolved", handover.id, "Resolved: no answer is needed here"),
    )
    return Message(text=message["text"], blocks=[*message["blocks"], *buttons])


def closed_message(handover: Handover, link: str | None) -> Message:
    """The question once it is closed: by whom, and with what answer, if with any."""
    question = _question(handover, link)
    who = handover.answered_by or ""
    done = "Answered by " if handover.answer else "Resolved without an answer by "
    state = rich(section(literal(done, LABEL), _person(who)), *_quote(handover.answer))
    told = f": {escape_within(handover.answer, _ANSWER_TEXT)}" if handover.answer else ""
    return Message(
        text=f"{question['text']}\n{done}<@{who}>{told}", blocks=[*question["blocks"], state]
    )


def answered_message(handover: Handover) -> Message:
    """A person's answer, for whoever asked."""
    asker, who = handover.asked_by, handover.answered_by or ""
    question = escape_within(handover.question, _QUESTION_TEXT)
    answer = escape_within(handover.answer or "", _ANSWER_TEXT)
    return Message(
        text=f"<@{asker}> asked: {question}\n{_NOT_THE_EPISODE} <@{who}> says: {answer}",
        blocks=[
            rich(section(_person(asker), literal(" asked:", LABEL)), *_quote(handover.question)),
            rich(
                section(literal(_NOT_THE_EPISODE, LABEL, bold=True)),
                section(_person(who), literal(" says:", LABEL)),
                *_quote(handover.answer),
            ),
        ],
    )


def _question(handover: Handover, link: str | None) -> Message:
    """Who asks what, and where."""
    asker, private = handover.asked_by, handover.channel_id is None
    asked = escape_within(handover.question, _QUESTION_TEXT)
    place = text_line(_PRIVATELY if private else _UNLINKED)
    if link:
        place = section({"type": "link", "url": link, "text": "Go to where it was asked"})
    return Message(
        text=f"<@{asker}>{_ASKS} {asked}",
        blocks=[
            rich(section(_person(asker), literal(_ASKS, LABEL)), *_quote(handover.question), place)
        ],
    )


def _quote(words: str | None) -> list[Block]:
    """What a person has written; nothing for nothing."""
    if not words:
        return []
    return [{"type": "rich_text_quote", "elements": [literal(words, WORDS)]}]


def _person(user_id: str) -> Block:
    return {"type": "user", "user_id": user_id}
