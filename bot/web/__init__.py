"""The bot over HTTP: Slack's requests, installing it, health and metrics."""

from bot.web.health import Readiness
from bot.web.insights import Sources, insights
from bot.web.installing import AppCredentials, installing
from bot.web.pages import reading_pages
from bot.web.server import serve
from bot.web.site import Site, build_site

__all__ = [
    "AppCredentials",
    "Readiness",
    "Site",
    "Sources",
    "build_site",
    "insights",
    "installing",
    "reading_pages",
    "serve",
]
