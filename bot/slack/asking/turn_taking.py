"""Whether the bot goes on in a thread without being mentioned anew. Pure.

It answers where it is spoken to, and stays out of what people say to each other.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.answers import asks
from bot.slack.asking.message_text import is_new_message, is_personal, question_in

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)")
# Groups, @channel, @here and @everyone are people, too.
_CALL = re.compile(r"<!(?:subteam\^|channel|here|everyone)")
# What ends a conversation with the bot until it is mentioned again.
_ENOUGH = re.compile(
    r"\W*(?:ok(?:ay)?\W+|great\W+|cool\W+|perfect\W+|no\W+|please\W+)?"
    r"(?:stop|quiet|enough|shut up|be quiet|that'?s (?:all|it|enough)|got it|never ?mind"
    r"|thanks?|thank (?:you|u)|thx|ty|cheers)\b[^?]{0,40}$",
    re.IGNORECASE,
)
# "Nice!" and a thumb take the floor from nobody.
_FEW_WORDS = 2


def could_follow_up(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Whether a message may be meant for the bot, as far as it tells by itself.

    It stands in a thread of a channel, a person wrote it, it asks something, and mentions nobody:
    the bot's own mention comes as an event of its own.
    """
    return (
        event.get("channel_type") in {"channel", "group", "mpim"}
        and "thread_ts" in event
        and is_new_message(event)
        and not _MENTION.search(event.get("text") or "")
        and not _CALL.search(event.get("text") or "")
        and asks(question_in(event.get("text"), bot_user_id))
    )


def follows_up(
    event: Mapping[str, Any], thread: Sequence[Mapping[str, Any]], bot_user_id: str | None
) -> bool:
    """Whether a message that could be meant for the bot is, by the thread above it.

    It is once somebody has mentioned the bot, and while nobody but the person who writes has spoken
    since the bot did, unless somebody has since turned to another person, told the bot to stop, or
    thanked it. `thread` is the oldest first.
    """
    return any(
        message is event for message in addressed([*_above(thread, event), event], bot_user_id)
    )


def alone_with(
    event: Mapping[str, Any], thread: Sequence[Mapping[str, Any]], bot_user_id: str | None
) -> bool:
    """Whether nobody else has spoken since the bot was last mentioned: no other may be meant."""
    people: set[str] = set()
    for message in _above(thread, event):
        if bot_user_id in _mentioned(message):
            people.clear()
        if is_personal(message):
            people.add(message["user"])
    return people <= {event.get("user"), bot_user_id}


def addressed(
    thread: Iterable[Mapping[str, Any]], bot_user_id: str | None
) -> list[Mapping[str, Any]]:
    """The messages of a thread, oldest first, that are meant for the bot."""
    floor = _Floor(bot_user_id)
    return [message for message in thread if floor.hears(message)]


class _Floor:
    """Whose turn it is while a thread is read from its first message to its last.

    `open` is whether the bot goes on; None while nothing tells, such as before its first mention.
    `spoken` are the people and the other bots that have spoken since the bot did.
    """

    def __init__(self, bot_user_id: str | None) -> None:
        self._bot = bot_user_id
        self._open: bool | None = None
        self._spoken: set[str] = set()

    def hears(self, message: Mapping[str, Any]) -> bool:
        """Whether the next message is meant for the bot."""
        if self._bot is not None and message.get("user") == self._bot:
            self._bot_speaks(message)
            return False
        if not is_personal(message):
            if bot_id := message.get("bot_id"):  # anything else is Slack's, such as a deletion
                self._spoken.add(bot_id)
            return False
        meant = self._person_speaks(message)
        if meant or not _is_aside(message):
            self._spoken.add(message["user"])
        return meant

    def _bot_speaks(self, message: Mapping[str, Any]) -> None:
        """What it says in a thread answers a mention, even one that is further up than was read."""
        self._spoken.clear()
        if self._open is None and message.get("thread_ts", message["ts"]) != message["ts"]:
            self._open = True

    def _person_speaks(self, message: Mapping[str, Any]) -> bool:
        text, mentioned = message.get("text") or "", _mentioned(message)
        words = question_in(text, self._bot)
        enough = bool(_ENOUGH.match(words)) and not asks(words)
        if self._bot is not None and self._bot in mentioned:
            self._open = not enough
            return True
        if mentioned or _CALL.search(text) or enough:
            self._open = False
        return bool(self._open) and self._spoken <= {message["user"]} and asks(words)


def _above(
    thread: Sequence[Mapping[str, Any]], event: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    return [message for message in thread if message["ts"] < event["ts"]]


def _mentioned(message: Mapping[str, Any]) -> set[str]:
    return set(_MENTION.findall(message.get("text") or ""))


def _is_aside(message: Mapping[str, Any]) -> bool:
    """Whether a message is no more than an interjection."""
    words = re.sub(r":[\w+-]+:", " ", message.get("text") or "")
    return "?" not in words and len(re.findall(r"\w+", words)) <= _FEW_WORDS
