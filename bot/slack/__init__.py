"""The podcast's bot in Slack: commands, mentions, direct messages and their answers as blocks.

Slack's requests enter at `app`, which hands each to its listener by the table in `listeners`.
A listener unpacks the payload and calls its feature: `asking` (with `answer` for what is shown),
`daily`, `handoff`, `home`, `quiz`, `privacy`. What all features build with is in `requests` (who
asks), `sending` (where to), `blocks` (what it looks like) and `connection` (with which token).
"""

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
    "Policy",
    "Services",
    "answer_message",
    "build_app",
    "manifest",
    "one_workspace",
]
