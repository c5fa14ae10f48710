"""A workspace takes the app away, or its tokens: all that is kept of it goes."""

from datetime import UTC, datetime
from logging import Logger
from typing import Any

from slack_bolt import BoltContext

from bot.slack.privacy.forget import once_written
from bot.slack.requests.services import Services
from bot.storage import Asker, StoreError


def handle_uninstalled(
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
    logger: Logger,
) -> None:
    """Delete all of a workspace, or of an organization that had the app as a whole.

    No token is left to call Slack with. If the app was installed again after the event, nothing is
    deleted.
    """
    whole = context.is_enterprise_install or asker is None
    team_id = None if whole or asker is None else asker.team_id
    enterprise_id = context.enterprise_id
    if team_id is None and enterprise_id is None:
        return
    left_at = datetime.fromtimestamp(body["event_time"], UTC)

    def delete() -> None:
        services.store.workspaces.delete(team_id, enterprise_id, left_at=left_at)

    services.flush()
    try:
        delete()
    except StoreError:
        logger.exception("What is kept of %s could not be deleted", team_id or enterprise_id)
    else:
        once_written((team_id, enterprise_id), delete)


def handle_revoked(
    event: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
    logger: Logger,
) -> None:
    """Do the same when the bot token is revoked. User tokens are ignored."""
    if event.get("tokens", {}).get("bot"):
        handle_uninstalled(body, context, services, asker, logger)
