"""Taking the bot into a channel that it is to post in."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

INVITE = (
    "I am not in this channel and cannot join it by myself, so nothing has been turned on. Invite "
    "me with `/invite`, then try again."
)
ARCHIVED = "That channel is archived, so nothing has been turned on."
NO_PLACE = (
    "I cannot post in this conversation, so nothing has been turned on. I post in channels and in "
    "direct messages with me."
)
# What Slack says of conversations that cannot be joined, but that the bot may be in.
# https://docs.slack.dev/reference/methods/conversations.join#errors
_NOT_JOINED = frozenset(
    {
        "channel_not_found",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "restricted_action",
    }
)


def enter(client: WebClient, channel_id: str) -> str | None:
    """Join a channel if it is public; return what to tell if the bot is not in it afterwards."""
    try:
        if not channel_id.startswith("D"):
            client.conversations_join(channel=channel_id)
            return None
    except SlackApiError as refused:
        error = refused.response["error"]
        if error == "is_archived":
            return ARCHIVED
        if error not in _NOT_JOINED:
            raise
    return _absent(client, channel_id)


def _absent(client: WebClient, channel_id: str) -> str | None:
    """Return what to tell if the bot is not in a conversation, which its history shows."""
    try:
        client.conversations_history(channel=channel_id, limit=1)
    except SlackApiError as refused:
        match refused.response["error"]:
            case "channel_not_found" | "not_in_channel":
                return NO_PLACE if channel_id.startswith("D") else INVITE
            case "missing_scope":  # conversations of a kind that the bot takes no part in
                return NO_PLACE
            case _:
                raise
    return None
