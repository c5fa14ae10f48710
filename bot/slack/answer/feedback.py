"""Thumbs on answers and daily posts, and why one was down."""

import logging
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, BoltContext, Respond

from bot.slack.answer.thumbs import decode_thumb
from bot.slack.blocks.elements import Block
from bot.slack.blocks.message import notice
from bot.slack.blocks.modals import chosen, field, modal, radio, submit, typed
from bot.slack.requests.press import Press
from bot.slack.requests.question_log import passages
from bot.slack.requests.services import Services
from bot.storage import Asker, Feedback, StoreError

REASON_FORM = "thumb_reason"
# For the report each has its word, for people its words.
REASONS = {
    "wrong_passage": "It quotes the wrong passage",
    "says_more": "The episode says more about it",
    "should_decline": "It should have said that the episode doesn't say",
    "other": "Something else",
}
COMMENT = 500  # characters; chosen by hand: a few sentences
_UNREADABLE = "These thumbs can no longer be read. Ask again for an answer with new ones."
_NOT_KEPT = "I couldn't reach the database, so your thumb was not kept. Please try again later."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a thumb was down: a word of `REASONS`, and what a person adds."""

    reason: str | None = None
    comment: str | None = None


def handle_thumb(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Keep a thumb; ask why it is down. Slack itself shows which one is pressed."""
    press = Press(body, respond, context.client)
    if press.is_limited(services, asker):
        return
    value = action.get("value") or ""
    given = _feedback(value, services)
    if given is None:
        press.tell_notice(_UNREADABLE)
    elif not _keep(given, services, asker):
        press.tell_notice(_NOT_KEPT)
    elif not given.helpful:
        press.open(reason_form(value))


def handle_reason(
    ack: Ack,
    view: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Keep why a thumb was down, in place of the thumb alone."""
    ack()
    given = _feedback(view.get("private_metadata") or "", services, read_reason(view))
    if given is None or given.helpful:
        log.warning("A reason came for no thumb that was down")
    elif not _keep(given, services, asker):
        context.client.chat_postMessage(channel=context.user_id or "", **notice(_NOT_KEPT))


def reason_form(value: str) -> Block:
    """Return the form that asks why; `value` is the pressed button's. Pure."""
    words = {"type": "plain_text_input", "multiline": True, "max_length": COMMENT}
    return modal(
        "What was wrong?",
        [
            field("reason", "Why did it not help?", radio(REASONS)),
            {**field("comment", "Anything to add?", words), "optional": True},
        ],
        close="Skip",
        submit=submit("Send"),
        callback_id=REASON_FORM,
        private_metadata=value,
    )


def read_reason(view: Block) -> Reason:
    """Return what was filled in, as far as the form offers it. Pure."""
    word = chosen(view, "reason")
    return Reason(word if word in REASONS else None, typed(view, "comment", COMMENT) or None)


def _feedback(value: str, services: Services, why: Reason = Reason()) -> Feedback | None:
    """Decode a button's value. Returns None if it is no thumb's."""
    found = decode_thumb(value, services.answerer.quote)
    if found is None:
        return None
    answer_id, helpful, quotes = found
    return Feedback(
        answer_id=answer_id,
        helpful=helpful,
        passages=passages(quotes),
        given_at=services.clock(),
        reason=why.reason,
        comment=why.comment,
    )


def _keep(given: Feedback, services: Services, asker: Asker | None) -> bool:
    """Keep a thumb in the asker's workspace; return whether that succeeded."""
    if asker is None:
        return False
    try:
        services.store.questions.judge(asker, given)
    except StoreError as error:
        log.warning("A thumb on %s of %s is not kept: %s", given.answer_id, asker.team_id, error)
        return False
    return True
