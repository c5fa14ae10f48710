"""A workspace takes the app away, or its tokens: all that is kept of it goes."""

from datetime import UTC, datetime
from logging import Logger
from typing import Any

from slack_bolt import BoltContext

from bot.slack.requests.question_log import Records
from bot.storage import StoreError


def handle_uninstalled(
    body: dict[str, Any], context: BoltContext, records: Records, logger: Logger
) -> None:
    """Delete all of a workspace, or of an organization that had the app as a whole.

    No token is left to call Slack with. An event that comes so late that the app was installed
    again meanwhile deletes nothing.
    """
    team_id = None if context.is_enterprise_install else context.team_id
    if team_id is None and context.enterprise_id is None:
        return
    records.flush()
    left_at = datetime.fromtimestamp(body["event_time"], UTC)
    try:
        records.store.workspaces.delete(team_id, context.enterprise_id, left_at=left_at)
    except StoreError:
        logger.exception(
            "%s has left, but what is kept of it could not be deleted",
            team_id or context.enterprise_id,
        )


def handle_revoked(
    event: dict[str, Any],
    body: dict[str, Any],
    context: BoltContext,
    records: Records,
    logger: Logger,
) -> None:
    """The same where the bot's own token was revoked; people's tokens are none of ours."""
    if event.get("tokens", {}).get("bot"):
        handle_uninstalled(body, context, records, logger)
