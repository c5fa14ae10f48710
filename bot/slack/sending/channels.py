"""Posting to a channel of a person's choice."""

from http import HTTPStatus
from typing import TypeGuard

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks.message import Message
from bot.slack.sending.replies import post_message

# Slack's words for a channel that the bot may not post to, as the rest of a sentence.
_CLOSED = {
    "channel_not_found": "I am not in it; somebody can invite me there with /invite",
    "not_in_channel": "I am not in it; somebody can invite me there with /invite",
    "is_archived": "it is archived",
    "restricted_action": "I am not allowed to post there",
    "restricted_action_read_only_channel": "I am not allowed to post there",
    "restricted_action_thread_only_channel": "I am not allowed to post there",
}
# "It's possible some aspect of the operation succeeded before the error was raised."
# https://docs.slack.dev/reference/methods/chat.postMessage#errors
_UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_LONGEST_WORD = 80  # what is longer is no word of Slack's for an error


def post(
    client: WebClient, channel_id: str, message: Message, thread_ts: str | None = None
) -> None:
    """Post to a channel; a public one is joined where needed. Raises what `post_message` does."""
    try:
        post_message(client, channel_id, message, thread_ts)
    except SlackApiError as refused:
        if refused.response["error"] != "not_in_channel" or not _join(client, channel_id):
            raise
        post_message(client, channel_id, message, thread_ts)


def post_or_reason(
    client: WebClient, channel_id: str, message: Message, thread_ts: str | None = None
) -> str | None:
    """Post as `post` does; why not, as the rest of a sentence, where it is not the bot's to."""
    try:
        post(client, channel_id, message, thread_ts)
    except SlackApiError as refused:
        why = _CLOSED.get(refused.response["error"])
        if why is None:
            raise
        return why
    return None


def was_refused(failure: Exception) -> TypeGuard[SlackApiError]:
    """Whether Slack said no to a post; after any other failure it may have arrived. Pure."""
    if not isinstance(failure, SlackApiError):
        return False
    status, error = failure.response.status_code, str(failure.response["error"])
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    return status == HTTPStatus.OK and error not in _UNSURE and len(error) <= _LONGEST_WORD


def _join(client: WebClient, channel_id: str) -> bool:
    """Join a public channel; whether that went well."""
    try:
        client.conversations_join(channel=channel_id)
    except SlackApiError:
        return False
    return True
