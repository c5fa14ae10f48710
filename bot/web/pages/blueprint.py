"""The addresses under which episodes are read."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from bot.answers import Answerer
from bot.errors import UnreadableError
from bot.links import LinkError, Links
from bot.web.pages import refusal
from bot.web.pages.drawing import Drawing, refused
from bot.web.pages.refusal import RefusedError
from bot.web.pages.visitors import SEARCH, Visitors
from bot.web.pages.wording import unturned

_SOON = 60  # seconds; chosen by hand: an episode that changed is read within ten


def reading_pages(answerer: Answerer, links: Links, visitors: Visitors | None = None) -> Blueprint:
    """Return the pages; `links` says who may read, `visitors` how often."""
    pages = Blueprint("pages", __name__, template_folder="templates")
    drawing, counted = Drawing(answerer, links), visitors or Visitors()

    pages.add_app_template_filter(unturned)

    @pages.before_request
    def let_in() -> None:
        cost = SEARCH if request.endpoint == "pages.search" else 1
        if wait := counted.wait(request, cost):
            raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, refusal.BUSY, wait)

    pages.add_url_rule("/", "library", drawing.library)
    pages.add_url_rule("/search", "search", drawing.search)
    pages.add_url_rule("/glossary", "glossary", drawing.glossary)
    pages.add_url_rule("/e/<path:slug>", "episode", drawing.episode)
    pages.register_error_handler(RefusedError, refused)
    pages.register_error_handler(LinkError, _not_signed)
    pages.register_error_handler(UnreadableError, _changing)
    return pages


def missing() -> Response:
    """Return the page for an address that leads nowhere."""
    return refused(RefusedError(HTTPStatus.NOT_FOUND, refusal.NO_PAGE))


def _not_signed(error: LinkError) -> Response:
    return refused(refusal.of_link(error))


def _changing(_: UnreadableError) -> Response:
    """Return that an episode was changed, and is not read again yet."""
    return refused(RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, refusal.CHANGING, _SOON))
