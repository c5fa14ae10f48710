"""The buttons by which an admin lets a language model elsewhere see questions, or ends that."""

import logging
from typing import Any

from slack_bolt import BoltContext

from bot.slack.blocks.message import notice
from bot.slack.blocks.modals import modal
from bot.slack.home.admins import MODEL_ON, model_value
from bot.slack.home.gathering import is_admin
from bot.slack.home.listener import show_home
from bot.slack.requests.people import look_up
from bot.slack.requests.services import Services
from bot.storage import Asker, StoreError

_TITLE = "A language model"
_NOT_YOURS = "Only the workspace's admins and owners can turn it on and off."
_AWAY = "I couldn't reach the database, so nothing was changed. Please try again in a few minutes."

log = logging.getLogger(__name__)


def handle_model(
    action: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Turn it on or off for an admin's workspace and show Home anew; tell others why not."""
    why_not = _NOT_YOURS
    if asker and is_admin(look_up(context)):
        agrees = action["action_id"] == MODEL_ON
        why_not = _keep(services, asker, action.get("value", "") if agrees else None)
    if why_not:
        view = modal(_TITLE, notice(why_not)["blocks"])
        context.client.views_open(trigger_id=body["trigger_id"], view=view)
    else:
        show_home(context.user_id or "", context, services, asker)


def _keep(services: Services, asker: Asker, model: str | None) -> str:
    """Keep the model that a workspace agrees to, None for none; return why that is not kept.

    Nobody agrees by a button from before, which names a model that is not the one of today.
    """
    consents = services.store.consents
    try:
        if model is None:
            consents.withdraw(asker.team_id)
        elif services.pointing and model == model_value(services.hosted_model):
            consents.give(asker, services.pointing.host)
    except StoreError as error:
        log.warning("What %s agrees to is not kept: %s", asker.team_id, error)
        return _AWAY
    return ""
