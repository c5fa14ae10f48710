"""What a person answered before, shown below a decline and never beside an answer.

`with_kept_answer` looks it up; the rest is pure.
"""

import logging
from dataclasses import dataclass, field, fields

from bot.answers import Answer, NoAnswer
from bot.slack.blocks.elements import Block, button, literal, quotation, rich, section
from bot.slack.blocks.message import LABEL
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.storage import Asker, KeptAnswer, StoreError

WITHDRAW = "withdraw_answer"
WORDS = 3_000  # characters of a person's answer
_ANSWERED = "A person answered this on "
_SAYS = " says, in words of their own and not the episode's:"
# Surfaces whose answers may be posted where other workspaces read along.
_ANYWHERE = frozenset({"workflow", "search"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnsweredBefore(NoAnswer):
    """A question that the episode does not answer, and that a person has answered before."""

    kept: KeptAnswer = field(kw_only=True)


def with_kept_answer(
    answer: Answer | NoAnswer, request: AskRequest, services: Services
) -> Answer | NoAnswer:
    """Return a decline with what a person answered to the same question in the same workspace.

    Anything else comes back as it is; so does a message that leaves no question open, a question
    about one episode, whose words do not say which, one where other workspaces read along, and any
    while the database is away.
    """
    if isinstance(answer, Answer) or not answer.left_open or not _may_show(request):
        return answer
    kept = _look_up(answer.left_open, request.asker, services)
    if kept is None:
        return answer
    declined = {one.name: getattr(answer, one.name) for one in fields(answer)}
    return AnsweredBefore(**declined, kept=kept)


def _may_show(request: AskRequest) -> bool:
    """Return whether a person's answer can be meant, and is seen in its workspace alone."""
    return not (request.episode or request.is_shared or request.surface in _ANYWHERE)


def _look_up(question: str, asker: Asker | None, services: Services) -> KeptAnswer | None:
    """Return what a person answered; a database that is away hinders no decline."""
    if asker is None or services.breaker.is_open:
        return None
    store = services.store.kept_answers
    try:
        known = store.questions(asker.team_id)
        at = services.answerer.same_question(question, [one for _, one in known])
        return None if at is None else store.get(known[at][0], asker.team_id)
    except StoreError as error:
        services.breaker.open()
        log.warning("A person's answer is not looked up in %s: %s", asker.team_id, error)
        return None


def kept_blocks(answer: NoAnswer) -> list[Block]:
    """Return a person's answer, marked as theirs; nothing below any other decline."""
    if not isinstance(answer, AnsweredBefore):
        return []
    kept = answer.kept
    day = f"{kept.answered_at:%d %B %Y}".lstrip("0")
    person: Block = {"type": "user", "user_id": kept.answered_by}
    return [
        rich(
            section(literal(f"{_ANSWERED}{day}:", LABEL, bold=True)),
            section(person, literal(_SAYS, LABEL)),
            quotation(literal(kept.answer, WORDS)),
        )
    ]


def withdraw_button(answer: NoAnswer) -> Block | None:
    """Return the button by which its author or an admin withdraws it."""
    if not isinstance(answer, AnsweredBefore):
        return None
    meaning = "Withdraw this person's answer: for its author and admins"
    return button(WITHDRAW, "Withdraw", answer.kept.id, meaning)
