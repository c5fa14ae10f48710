"""What others may be shown of people's answers: kept if its author agrees, and withdrawn again."""

import logging
from typing import Any

from slack_bolt import BoltContext, Respond

from bot.slack.requests.people import has_left, look_up
from bot.slack.requests.press import Press
from bot.slack.requests.services import Services
from bot.slack.sending.replies import FAILURES
from bot.storage import Asker, Handover, KeptAnswer, StoreError

_KEPT = " Whoever asks the same is shown it from now on."
_NOT_KEPT = " It could not be kept for others."
_TITLE = "Withdraw an answer"
_WITHDRAWN = "Withdrawn: nobody is shown this answer any more. Messages that hold it stay."
_GONE = "This answer is not kept any more, so nobody is shown it."
_NOT_YOURS = (
    "Only the person who gave this answer and the workspace's admins and owners may withdraw it."
)
_UNKNOWN = "I couldn't find out whether you may withdraw this. Please try again in a few minutes."
AWAY = "I couldn't reach the database, so nothing was changed. Please try again in a few minutes."

log = logging.getLogger(__name__)


def keep(handover: Handover, services: Services) -> str:
    """Keep an answer for whoever asks the same; return what its author is told of that."""
    try:
        services.store.kept_answers.add(handover)
    except StoreError as error:
        log.warning("A person's answer in %s is not kept: %s", handover.team_id, error)
        return _NOT_KEPT
    return _KEPT


def handle_withdraw(
    action: dict[str, Any],
    body: dict[str, Any],
    respond: Respond,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Withdraw a person's answer for its author or an admin; anybody else is told who may."""
    press = Press(body, respond, context.client)
    if press.is_limited(services, asker):
        return
    try:
        kept = asker and services.store.kept_answers.get(action.get("value") or "", asker.team_id)
        why_not = _why_not(kept, asker, context) if kept and asker else _GONE
        withdrawn = kept and not why_not and services.store.kept_answers.withdraw(kept)
    except StoreError as error:
        log.warning("A person's answer is not withdrawn: %s", error)
        why_not, withdrawn = AWAY, False
    press.tell_notice(why_not or (_WITHDRAWN if withdrawn else _GONE), _TITLE)


def handle_user_change(event: dict[str, Any], services: Services, asker: Asker | None) -> None:
    """Withdraw the answers of a person who has left the workspace; other changes are nothing."""
    if asker is None or not has_left(event):
        return
    try:
        services.store.kept_answers.withdraw_all(asker.team_id, event["user"]["id"])
    except StoreError:
        log.exception("The answers of somebody who left %s are still shown", asker.team_id)


def _why_not(kept: KeptAnswer, asker: Asker, context: BoltContext) -> str | None:
    """Return why a person may not withdraw an answer; None if they may."""
    if asker.user_id == kept.answered_by:
        return None
    try:
        who = look_up(context)
    except FAILURES as error:
        log.warning("Who withdraws an answer is not known: %s", type(error).__name__)
        return _UNKNOWN
    return None if who.is_admin and who.is_member else _NOT_YOURS
