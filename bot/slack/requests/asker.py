"""Who makes a request: a person of a workspace, or of an organization that installed the app."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.storage import Asker


def asker_of(context: BoltContext, body: Mapping[str, Any]) -> Asker | None:
    """Return who makes a request; None where Slack names no workspace: then nothing is kept.

    In the events of an organization's install `authorizations[0].team_id` is null, which Bolt
    reads; the workspace stands in the top-level `team_id`. A workflow's step is run by nobody: its
    `user_id` is empty.
    """
    team_id = context.team_id or body.get("team_id")
    if not team_id:
        return None
    return Asker(str(team_id), context.user_id or "", context.enterprise_id)
