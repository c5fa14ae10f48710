"""Whether the bot goes on in a thread without being mentioned anew. Pure.

It answers where it is spoken to, and stays out of what people say to each other.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers import asks
from bot.slack.questions import is_question, question_in

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)")
# What ends a conversation with the bot until it is mentioned again.
_ENOUGH = re.compile(
    r"\W*(?:ok(?:ay)?\W+|great\W+|cool\W+|perfect\W+|no\W+|please\W+)?"
    r"(?:stop|quiet|enough|shut up|be quiet|that'?s (?:all|it|enough)|got it|never ?mind"
    r"|thanks?|thank (?:you|u)|thx|ty|cheers)\b[^?]{0,40}$",
    re.IGNORECASE,
)


def could_follow_up(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Whether a message may be meant for the bot, as far as it tells by itself.

    It stands in a thread of a channel, a person wrote it, it asks something, and mentions nobody:
    the bot's own mention comes as an event of its own.
    """
    return (
        event.get("channel_type") in {"channel", "group", "mpim"}
        and "thread_ts" in event
        and is_question(event)
        and not _MENTION.search(event.get("text") or "")
        and asks(question_in(event.get("text"), bot_user_id))
    )


def follows_up(
    event: Mapping[str, Any], thread: Sequence[Mapping[str, Any]], bot_user_id: str | None
) -> bool:
    """Whether a message that could be meant for the bot is, by the thread above it.

    It is while the bot was the last to speak but for the person who writes, and nobody has told it
    to stop, or thanked it, since it was last mentioned. `thread` is the oldest first.
    """
    above = [message for message in thread if message["ts"] < event["ts"]]
    others = [message for message in above if message.get("user") != event.get("user")]
    return bool(others) and _is_bot(others[-1], bot_user_id) and not _dismissed(above, bot_user_id)


def _dismissed(above: Sequence[Mapping[str, Any]], bot_user_id: str | None) -> bool:
    """Whether a person has said that it is enough, after the last mention of the bot."""
    for message in reversed(above):
        text = message.get("text") or ""
        if _is_bot(message, bot_user_id):
            continue
        mentioned = bot_user_id in _MENTION.findall(text)
        if _ENOUGH.match(question_in(text, bot_user_id)):
            return True
        if mentioned:
            return False
    return False


def _is_bot(message: Mapping[str, Any], bot_user_id: str | None) -> bool:
    return bot_user_id is not None and message.get("user") == bot_user_id
