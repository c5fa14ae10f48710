"""Whether the bot goes on in a thread without being mentioned anew. Pure.

It answers where it is spoken to, and stays out of what people say to each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers import asks
from bot.slack.asking.message_text import (
    asked_in,
    is_new_message,
    is_personal,
    mentions,
    question_in,
)
from bot.slack.asking.visible_text import own_text
from bot.storage import Move, ThreadTurn

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


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says in a thread, and what that does to whose turn it is.

    `move` is None where the bot itself speaks.
    """

    ts: str
    speaker: str
    move: Move | None
    text: str = ""


def could_follow_up(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether a message may be meant for the bot, judged by the message alone.

    It stands in a thread of a channel, a person wrote it, it asks something, and mentions nobody:
    the bot's own mention comes as an event of its own.
    """
    return (
        _is_in_channel_thread(event)
        and is_new_message(event)
        and utterance(event, bot_user_id).move is Move.QUESTION
    )


def could_take_turn(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether a message may change whose turn it is in a thread, judged by itself.

    The bot's own posts do so where it answers, and its mentions come as events of their own.
    """
    return (
        _is_in_channel_thread(event)
        and (is_new_message(event) or _is_other_bots(event, bot_user_id))
        and not (bot_user_id and mentions(event, bot_user_id))
    )


def follows_up(event: Utterance, above: Iterable[Utterance]) -> bool:
    """Return whether a message that could be meant for the bot is, by the thread above it.

    It is once somebody has mentioned the bot, and while nobody but the person who writes has spoken
    since the bot did, unless somebody has since turned to another person, told the bot to stop, or
    thanked it. `above` is the oldest first.
    """
    return any(one is event for one in addressed([*_before(event, above), event]))


def alone_with(event: Utterance, above: Iterable[Utterance]) -> bool:
    """Return whether nobody else has spoken since the bot was last mentioned."""
    people: set[str] = set()
    for one in _before(event, above):
        if one.move in {Move.MENTION, Move.FAREWELL}:
            people.clear()
        if one.move is not None:
            people.add(one.speaker)
    return people <= {event.speaker}


def addressed(thread: Iterable[Utterance]) -> list[Utterance]:
    """Return what is meant for the bot in a thread, oldest first."""
    floor = _Floor()
    return [one for one in thread if floor.hears(one)]


def utterances(messages: Iterable[Mapping[str, Any]], bot_user_id: str | None) -> list[Utterance]:
    """Return the utterances in messages of Slack's; its own posts, such as deletions, are none."""
    return [utterance(one, bot_user_id) for one in messages if _speaks(one, bot_user_id)]


def utterance(message: Mapping[str, Any], bot_user_id: str | None) -> Utterance:
    """Return what a message of Slack's says."""
    own = bot_user_id is not None and message.get("user") == bot_user_id
    speaker = str(message.get("user") or message.get("bot_id") or "")
    text = own_text(message)
    move = None if own else _move(message, text, bot_user_id)
    return Utterance(message["ts"], speaker, move, asked_in(message, bot_user_id))


def remembered(turns: Sequence[ThreadTurn], bot_user_id: str | None) -> Iterator[Utterance]:
    """Yield the utterances that the kept turns of a thread stand for, the bot's answers too."""
    for turn in turns:
        yield Utterance(turn.ts, turn.speaker, turn.move, turn.question)
        if turn.answered:
            yield Utterance(turn.ts, bot_user_id or "", None)


class _Floor:
    """Whose turn it is while a thread is read from its first message to its last.

    `open` is whether the bot goes on; None while nothing tells, such as before its first mention.
    `spoken` are the people and the other bots that have spoken since the bot did.
    """

    def __init__(self) -> None:
        self._open: bool | None = None
        self._spoken: set[str] = set()

    def hears(self, said: Utterance) -> bool:
        """Return whether the next utterance is meant for the bot."""
        if said.move is None:
            self._bot_speaks()
            return False
        meant = self._person_speaks(said)
        if said.move is not Move.ASIDE:
            self._spoken.add(said.speaker)
        return meant

    def _bot_speaks(self) -> None:
        """Open the floor: what the bot says in a thread answers a mention, read or not."""
        self._spoken.clear()
        if self._open is None:
            self._open = True

    def _person_speaks(self, said: Utterance) -> bool:
        if said.move in {Move.MENTION, Move.FAREWELL}:
            self._open = said.move is Move.MENTION
            return True
        if said.move is Move.ELSEWHERE:
            self._open = False
        asked = said.move is Move.QUESTION
        return asked and bool(self._open) and self._spoken <= {said.speaker}


def _move(message: Mapping[str, Any], text: str, bot_user_id: str | None) -> Move:
    """Return what a message that is not the bot's does to whose turn it is."""
    if not is_personal(message):
        return Move.TALK
    mentioned, words = set(_MENTION.findall(text)), question_in(text, bot_user_id)
    enough = bool(_ENOUGH.match(words)) and not asks(words)
    if bot_user_id is not None and bot_user_id in mentioned:
        return Move.FAREWELL if enough else Move.MENTION
    if mentioned or _CALL.search(text) or enough:
        return Move.ELSEWHERE
    if asks(words):
        return Move.QUESTION
    return Move.ASIDE if _is_aside(text) else Move.TALK


def _before(event: Utterance, thread: Iterable[Utterance]) -> list[Utterance]:
    return [one for one in thread if one.ts < event.ts]


def _speaks(message: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether a message of a thread counts: a person's, a bot's, but no root of our own."""
    if bot_user_id is not None and message.get("user") == bot_user_id:
        return bool(message.get("thread_ts", message["ts"]) != message["ts"])
    return is_personal(message) or bool(message.get("bot_id"))


def _is_in_channel_thread(event: Mapping[str, Any]) -> bool:
    return event.get("channel_type") in {"channel", "group", "mpim"} and "thread_ts" in event


def _is_other_bots(event: Mapping[str, Any], bot_user_id: str | None) -> bool:
    """Return whether another bot posts a message: with an id of its own, and none of an edit."""
    new = event.get("subtype") in {None, "bot_message"} and "edited" not in event
    return new and bool(event.get("bot_id")) and event.get("user") != bot_user_id


def _is_aside(text: str) -> bool:
    """Return whether a message is no more than an interjection."""
    words = re.sub(r":[\w+-]+:", " ", text)
    return "?" not in words and len(re.findall(r"\w+", words)) <= _FEW_WORDS
