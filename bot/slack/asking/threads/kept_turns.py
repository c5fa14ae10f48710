"""What is kept of a thread that the bot takes part in, so that nobody reads it from Slack."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.answers import READ
from bot.slack.asking.threads.turn_taking import could_take_turn, utterance
from bot.slack.requests.services import Services
from bot.storage import Asker, Move, ThreadTurn


def overhear(
    event: dict[str, Any], context: BoltContext, services: Services, asker: Asker | None
) -> None:
    """Keep whose turn it is where people talk in a thread that the bot takes part in."""
    if not could_take_turn(event, context.bot_user_id):
        return
    if services.thread_log.of_event(asker, event):
        move = utterance(event, context.bot_user_id).move or Move.TALK
        services.thread_log.record(asker, turn_of(event, move, services))


def turn_of(
    event: Mapping[str, Any], move: Move, services: Services, question: str | None = None
) -> ThreadTurn:
    """Return what is kept of a message in a thread; `question` is what the bot has answered."""
    return ThreadTurn(
        channel_id=event["channel"],
        thread_ts=event.get("thread_ts", event["ts"]),
        ts=event["ts"],
        move=move,
        said_at=services.clock(),
        question=(question or "")[:READ],
        answered=question is not None,
    )
