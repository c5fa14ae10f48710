"""The addresses of the bot's own pages, and the signatures that open them."""

from bot.links.place import (
    ExpiredLinkError,
    LinkError,
    Place,
    PlaceError,
    fingerprint,
    read_place,
)
from bot.links.signing import INSIGHTS_SECONDS, NO_LINKS, PAGE_SECONDS, Links, Quoted

__all__ = [
    "INSIGHTS_SECONDS",
    "NO_LINKS",
    "PAGE_SECONDS",
    "ExpiredLinkError",
    "LinkError",
    "Links",
    "Place",
    "PlaceError",
    "Quoted",
    "fingerprint",
    "read_place",
]
