"""From settings to objects that work together: the one place that builds them.

What a command needs is imported when it runs, so that `ask` never loads Slack.
"""

from bot.bootstrap.feeds import follow, followed, ingest, unfollow
from bot.bootstrap.keeping import migrate, report
from bot.bootstrap.mcp import mcp
from bot.bootstrap.parts import answerer
from bot.bootstrap.pointing import pointer
from bot.bootstrap.posting import daily
from bot.bootstrap.serving import chat, socket, web

__all__ = [
    "answerer",
    "chat",
    "daily",
    "follow",
    "followed",
    "ingest",
    "mcp",
    "migrate",
    "pointer",
    "report",
    "socket",
    "unfollow",
    "web",
]
