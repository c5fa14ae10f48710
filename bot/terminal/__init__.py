"""A conversation with the bot in a terminal, with a stand-in for Slack in the same process."""

from bot.terminal.chat import chat
from bot.terminal.loopback import Call, Reply
from bot.terminal.stand_in import Message, RefusedError, StandIn

__all__ = ["Call", "Message", "RefusedError", "Reply", "StandIn", "chat"]
