"""What people are told about listening in a channel. Pure."""

from bot.listening import MOST_A_DAY
from bot.slack.blocks.elements import literal, rich, section
from bot.slack.blocks.message import LEAD, PLACE, Message, paragraphs, to_message
from bot.slack.help import COMMAND
from bot.slack.posting.stopped import why_stopped
from bot.storage import ListeningChannel

AWAY = (
    "The setting for listening cannot be saved or read right now, and nothing has been changed. "
    "Please try again in a few minutes."
)
WHAT_IS_DONE = (
    "In the channel I answer questions that nobody replies to within ten minutes, where I am surer "
    f"than usual: in the question's thread, at most {MOST_A_DAY} times a day (UTC). The answers "
    "are automated. Anybody there can stop it with a button below an answer."
)
WHAT_IS_KEPT = (
    "For that I read what is written there. A question is kept until somebody replies to it, I "
    "answer it, or I turn out not to be sure; nothing else is kept. Where another organization "
    "shares the channel, I read nothing for that."
)
ALREADY_OFF = "I don't listen for questions in this channel any more."
_TURN_ON = f"An admin can turn it on with `{COMMAND} listen on`."
_TURN_OFF = f"An admin can turn it off with `{COMMAND} listen off`."


def turned_on(channel_id: str) -> Message:
    """Say that it is on, what is done and kept, and how it ends."""
    on = f"Listening for questions is on for {PLACE}."
    return paragraphs(f"{on} {WHAT_IS_DONE}", f"{WHAT_IS_KEPT} {_TURN_OFF}", channel_id=channel_id)


def turned_off(channel_id: str, *, was_on: bool) -> Message:
    """Say that it is off, because a person wanted it or since it never was on."""
    state = "off" if was_on else "not on"
    words = f"Listening for questions is {state} for {PLACE}. {_TURN_ON}"
    return paragraphs(words, channel_id=channel_id)


def status(channel: ListeningChannel | None, channel_id: str) -> Message:
    """Say how it stands in a channel."""
    if channel is None:
        return turned_off(channel_id, was_on=False)
    if channel.since is None:
        return ended(channel_id, channel.stopped)
    return turned_on(channel_id)


def ended(channel_id: str, stopped: str | None) -> Message:
    """Say where and why it was turned off."""
    words = f"Listening for questions was turned off for {PLACE}{why_stopped(stopped)}. {_TURN_ON}"
    return paragraphs(words, channel_id=channel_id)


def stopped_by(user_id: str) -> Message:
    """Say in a thread who has turned it off."""
    return to_message(
        [
            rich(
                section(
                    {"type": "user", "user_id": user_id},
                    literal(
                        " found this not helpful, so I have stopped listening for questions in "
                        "this channel. An admin can turn it on again with ",
                        LEAD,
                    ),
                    literal(f"{COMMAND} listen on", LEAD, code=True),
                    literal(".", LEAD),
                )
            )
        ]
    )
