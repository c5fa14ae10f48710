"""Why the posts of a channel were turned off. Pure."""

# In Slack's words and in the loops', as the rest of a sentence.
_STOPPED = {
    "account_inactive": "I was removed from the workspace",
    "channel_not_found": "I could no longer see the channel",
    "invalid_auth": "I was removed from the workspace",
    "is_archived": "the channel was archived",
    "not_helpful": "somebody found an answer not helpful",
    "not_in_channel": "I was no longer in the channel",
    "restricted_action": "I am not allowed to post in the channel",
    "token_revoked": "I was removed from the workspace",
    "uninstalled": "I was removed from the workspace",
    "unknown_zone": "its time zone is no longer known",
}


def why_stopped(stopped: str | None) -> str:
    """Return why posts were turned off, behind a comma; empty if a person did so."""
    if stopped is None:
        return ""
    known = "restricted_action" if stopped.startswith("restricted_action") else stopped
    return f", because {_STOPPED.get(known, f'Slack refused my posts ({stopped})')}"
