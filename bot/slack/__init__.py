"""The podcast's bot in Slack: commands, mentions, direct messages and their answers as blocks."""

from bot.slack.app import LISTENERS, Listener, build_app
from bot.slack.blocks import Message, answer_message
from bot.slack.manifest import manifest

__all__ = ["LISTENERS", "Listener", "Message", "answer_message", "build_app", "manifest"]
