"""Who makes a request: a person of a workspace, or of an organization that installed the app."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.slack.manifest import USER_CONTEXT
from bot.storage import Asker


def asker_of(context: BoltContext, body: Mapping[str, Any]) -> Asker | None:
    """Return who makes a request; None where Slack names no workspace: then nothing is kept.

    A workflow's step is run by nobody: its `user_id` is empty. A search says who searches.
    """
    named = _workspaces(context, body)
    # Where a workspace is expected, an organization's install may name the organization (E…).
    team_id = next((one for one in named if isinstance(one, str) and one.startswith("T")), None)
    if team_id is None:
        return None
    return Asker(team_id, context.user_id or _searcher(body), context.enterprise_id)


def is_shared(body: Mapping[str, Any], asker: Asker | None) -> bool:
    """Return whether somebody of another workspace reads what is answered.

    Events say so of their channel. Buttons and forms do not: there it is whoever presses, who may
    be of another workspace where the channel is shared with it.
    https://docs.slack.dev/apis/slack-connect
    """
    if body.get("is_ext_shared_channel"):
        return True
    person = body.get("user")
    own = person.get("team_id") if isinstance(person, Mapping) else None
    return asker is not None and own not in {None, asker.team_id}


def _searcher(body: Mapping[str, Any]) -> str:
    """Return the person whom Slack names in the inputs of a search; empty if there is none.

    https://docs.slack.dev/tools/deno-slack-sdk/reference/slack-types/#usercontext
    """
    held: Any = body
    for name in ("event", "inputs", USER_CONTEXT, "id"):
        held = held.get(name) if isinstance(held, Mapping) else None
    return held if isinstance(held, str) else ""


def _workspaces(context: BoltContext, body: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what names the workspace, the surest first; some of it may be missing or null.

    Bolt reads `authorizations[0].team_id`, null in the events of an organization's install. The
    outer `team_id` says where the event happened; in a channel shared with others it may be theirs.
    https://docs.slack.dev/apis/events-api/#callback-field
    https://docs.slack.dev/enterprise/organization-ready-apps
    """
    yield context.team_id
    yield body.get("context_team_id")
    shared = body.get("is_ext_shared_channel")
    if not shared or body.get("enterprise_id") == context.enterprise_id:
        yield body.get("team_id")
    for part in ("user", "view"):
        if isinstance(held := body.get(part), Mapping):
            yield held.get("team_id")
