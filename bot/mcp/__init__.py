"""The bot for other assistants, over the Model Context Protocol: tools, and transcripts to read.

Needs the extra `[mcp]`, so it is imported only by what serves it. `tools`, `replies` and
`transcripts` know nothing of the protocol, `messages` and `server` speak it, `http` puts
it on the site and is imported by itself.
"""

from bot.mcp.server import build_server, serve_stdio
from bot.mcp.tools import Podcast

__all__ = ["Podcast", "build_server", "serve_stdio"]
