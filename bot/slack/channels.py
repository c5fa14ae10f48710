"""Posting to a channel of a person's choice."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import Message

# Slack's words for a channel that the bot may not post to, as the rest of a sentence.
CLOSED = {
    "channel_not_found": "I am not in it; somebody can invite me there with /invite",
    "not_in_channel": "I am not in it; somebody can invite me there with /invite",
    "is_archived": "it is archived",
    "restricted_action": "I am not allowed to post there",
    "restricted_action_read_only_channel": "I am not allowed to post there",
    "restricted_action_thread_only_channel": "I am not allowed to post there",
}


def post(client: WebClient, channel_id: str, message: Message, thread_ts: str | None = None) -> str:
    """Post to a channel and return the message's `ts`; a public channel is joined where needed.

    Raises SlackApiError, with one of the words of `CLOSED` where it is not the bot's to post there.
    """
    try:
        return _post(client, channel_id, message, thread_ts)
    except SlackApiError as refused:
        if refused.response["error"] != "not_in_channel" or not _join(client, channel_id):
            raise
    return _post(client, channel_id, message, thread_ts)


def _post(client: WebClient, channel_id: str, message: Message, thread_ts: str | None) -> str:
    posted = client.chat_postMessage(
        channel=channel_id,
        thread_ts=thread_ts,
        text=message["text"],
        blocks=message["blocks"],
        unfurl_links=False,
        unfurl_media=False,
    )
    return str(posted["ts"])


def _join(client: WebClient, channel_id: str) -> bool:
    """Join a public channel; whether that went well."""
    try:
        client.conversations_join(channel=channel_id)
    except SlackApiError:
        return False
    return True
