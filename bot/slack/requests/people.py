"""Who a person is to the workspace, and what they may set there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from slack_bolt import BoltContext

# Tells of whatever changes about anybody, who leaves too:
# https://docs.slack.dev/reference/events/user_change
USER_CHANGE = "user_change"
_ADMIN = ("is_admin", "is_owner", "is_primary_owner")


@dataclass(frozen=True, slots=True)
class Person:
    """Their time zone, an IANA name where Slack knows one, and their standing."""

    zone: str | None
    is_admin: bool
    is_member: bool


def look_up(context: BoltContext) -> Person:
    """Return who makes a request: one call to Slack, which needs the scope users:read."""
    asker = context["asker"]  # Bolt's own `team_id` is None in organizations
    user = context.client.users_info(user=context.user_id or "")["user"]
    return read_person(user, asker.team_id if asker else None, context.enterprise_id)


def read_person(
    user: Mapping[str, Any], team_id: str | None, enterprise_id: str | None = None
) -> Person:
    """Return a person as `team_id` sees them, from Slack's user object.

    https://docs.slack.dev/reference/objects/user-object

    In an organization (`enterprise_id`) a person belongs to several workspaces. Pure.
    """
    across = user.get("enterprise_user", {})
    teams = {user.get("team_id"), *across.get("teams", ())}
    ours = {team_id, enterprise_id} - {None}
    # The flags speak of the workspace that the person is shown in, or of the whole organization.
    standing = user if user.get("team_id") in ours else across
    return Person(
        zone=user.get("tz"),
        is_admin=any(standing.get(name) is True for name in _ADMIN),
        is_member=not user.get("is_stranger") and bool(teams & ours),
    )


def has_left(event: Mapping[str, Any]) -> bool:
    """Return whether an event tells that a person's account was deactivated. Pure."""
    user = event.get("user")
    return isinstance(user, Mapping) and user.get("deleted") is True


def why_not_daily(who: Person, by: Literal["anyone", "admins"]) -> str | None:
    """Why a person may not change the daily takeaway; None where they may. Pure."""
    return why_not_set(who, by, "The daily takeaway")


def why_not_set(who: Person, by: Literal["anyone", "admins"], what: str) -> str | None:
    """Why a person may not set something for a channel; None where they may. Pure."""
    if not who.is_member:
        return f"{what} is set by members of this workspace alone."
    if by == "admins" and not who.is_admin:
        return f"{what} is set by the workspace's admins and owners. Ask one of them."
    return None
