"""The podcast's bot in Slack: commands, mentions, direct messages and their answers as blocks."""

from bot.slack.answer.message import answer_message
from bot.slack.app import build_app
from bot.slack.blocks.message import Message
from bot.slack.connection.authorization import ManyWorkspaces, one_workspace
from bot.slack.listeners import LISTENERS, Listener
from bot.slack.manifest import manifest
from bot.slack.policy import Policy
from bot.slack.requests.observer import Observer
from bot.slack.requests.services import Services

__all__ = [
    "LISTENERS",
    "Listener",
    "ManyWorkspaces",
    "Message",
    "Observer",
    "Services",
    "Policy",
    "answer_message",
    "build_app",
    "manifest",
    "one_workspace",
]
