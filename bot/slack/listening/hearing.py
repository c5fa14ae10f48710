"""What is said in channels that are listened to: questions, and what settles them."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeGuard

from slack_bolt import BoltContext

from bot.answers import READ, asks_nothing
from bot.listening import WAIT
from bot.slack.asking.message_text import is_new_message
from bot.slack.asking.threads.turn_taking import utterance
from bot.slack.requests.services import Services
from bot.storage import Asker, Move, OpenQuestion, StoreError

_FEWEST = 3  # words of a question; chosen by hand: "Any news?" asks for nothing that can be found

_TS = re.compile(r"\d{1,11}\.\d{1,9}", re.ASCII)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks everybody in a channel something."""

    ts: str
    question: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was edited; it asks something now."""

    ts: str
    question: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A message needs no answer any more: somebody replied, or it asks nothing now, or is gone."""

    ts: str


Heard = Asked | Edited | Settled


def hear(
    event: Mapping[str, Any],
    context: BoltContext,
    services: Services,
    asker: Asker | None,
    *,
    is_shared: bool,
) -> None:
    """Take down what is asked in a channel that is listened to; elsewhere nothing is read.

    Nor is it in a channel that is shared with another organization, whose people no admin of this
    workspace speaks for.
    """
    if asker is None or is_shared or event.get("type") != "message":
        return
    channel = event.get("channel")
    if not isinstance(channel, str) or not services.places.is_listened_to(asker, channel):
        return
    try:
        _take_down(heard(event, context.bot_user_id), channel, services, asker)
    except StoreError as error:
        log.warning("What is said in %s is not taken down: %s", channel, error)


def heard(event: Mapping[str, Any], bot_user_id: str | None) -> Heard | None:
    """Return what a message event says of a question; None for what says nothing of any. Pure.

    https://docs.slack.dev/reference/events/message/message_changed
    https://docs.slack.dev/reference/events/message/message_deleted
    """
    match event.get("subtype"):
        case "message_deleted":
            return _settled(event.get("deleted_ts"))
        case "message_changed":
            return _changed(event.get("message"), bot_user_id)
    if "thread_ts" in event:
        return _settled(event["thread_ts"])
    ts = event.get("ts")
    if not _is_ts(ts) or event.get("subtype") is not None or not is_new_message(event):
        return None
    question = _question(event, bot_user_id)
    return Asked(ts, question, datetime.fromtimestamp(float(ts), UTC)) if question else None


def _take_down(said: Heard | None, channel: str, services: Services, asker: Asker) -> None:
    listening = services.store.listening
    match said:
        case Asked(ts, question, sent_at):
            asked = OpenQuestion(ts, question, sent_at + WAIT)
            listening.put(asker, channel, asked, services.clock())
        case Edited(ts, question):
            listening.reword(asker.team_id, channel, ts, question)
        case Settled(ts):
            listening.withdraw(asker.team_id, channel, ts)


def _changed(message: Any, bot_user_id: str | None) -> Heard | None:
    """Return what an edited message is now; the root of a thread that has begun bears its `ts`."""
    if not isinstance(message, Mapping):
        return None
    ts = message.get("ts")
    if "thread_ts" in message or not _is_ts(ts):
        return _settled(message.get("thread_ts"))
    question = _question(message, bot_user_id) if message.get("subtype") is None else ""
    return Edited(ts, question) if question else Settled(ts)


def _question(message: Mapping[str, Any], bot_user_id: str | None) -> str:
    """Return what a message asks of everybody; empty if it asks nothing, or mentions anybody."""
    said = utterance(message, bot_user_id)
    words = said.text[:READ]
    asks = said.move is Move.QUESTION and len(words.split()) >= _FEWEST
    return words if asks and not asks_nothing(words) else ""


def _settled(ts: Any) -> Settled | None:
    return Settled(ts) if _is_ts(ts) else None


def _is_ts(ts: Any) -> TypeGuard[str]:
    """Return whether something is a `ts` of Slack's: a message's time in seconds, and its name."""
    return isinstance(ts, str) and bool(_TS.fullmatch(ts))
