"""The owners' page: what a workspace asked, drawn for who comes by a signed link from Home."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from bot.episodes import Library
from bot.errors import UnreadableError
from bot.links import ExpiredLinkError, LinkError, Links
from bot.slack.requests.rate_limit import RateLimiter
from bot.slack.requests.services import now
from bot.storage import Asker, Store, StoreError
from bot.web.pages.drawing import refused
from bot.web.pages.refusal import BUSY, NO_EPISODE, RefusedError, Sentence
from bot.web.pages.sending import passing

PATH = "/insights"
RATE = "30/minute"  # of one admin in one process; chosen by hand: each look reads all questions
_WAIT = 60  # seconds, after which a database may be back

_NOT_SIGNED = Sentence(
    "This page opens with a button in Slack",
    "Admins find it on the app's Home: press Insights there.",
)
_EXPIRED = Sentence(
    "This link has expired",
    "It was good for an hour. Open the app's Home in Slack once more, and press Insights.",
)
_AWAY = Sentence("What was asked cannot be read right now", "Please try again in a few minutes.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page shows comes from here; `library` returns its newest edition."""

    links: Links
    store: Store
    library: Callable[[], Library]
    retention_days: int
    clock: Callable[[], datetime] = now


def insights(sources: Sources) -> Blueprint:
    """Return the page."""
    pages = Blueprint("insights", __name__, template_folder="templates")
    limiter = RateLimiter(RATE)

    @pages.get(PATH)
    def show() -> Response:
        """Draw what the workspace of the link asked, and the timeline of the chosen episode."""
        team, user = (request.args.get(name, "") for name in ("team", "user"))
        sources.links.check_insights(team, user, request.args.get("s", ""))
        if limiter.limited(Asker(team, user)):
            raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, BUSY, _WAIT)
        return _page(sources, team, request.args.get("episode"))

    pages.register_error_handler(RefusedError, refused)
    pages.register_error_handler(LinkError, _not_signed)
    pages.register_error_handler(StoreError, _away)
    pages.register_error_handler(UnreadableError, _away)
    return pages


def _page(sources: Sources, team: str, slug: str | None) -> Response:
    """Return the page of a workspace."""
    # Only here: nothing else that a process answers has to wait for what draws.
    from bot.web.insights.gathering import insights_of, since  # noqa: PLC0415 - as said
    from bot.web.insights.showing import shown  # noqa: PLC0415 - the same

    library, until = sources.library(), sources.clock()
    if slug and library.place(slug) is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, NO_EPISODE)
    first = since(until, sources.retention_days)
    asked = sources.store.questions.asked(first, team)
    judged = sources.store.questions.judged(first, team)
    found = insights_of(asked, judged, library, (first, until), slug)
    words = render_template("insights.html", **shown(found, library, sources.links.quote, _address))
    return passing(words, request)


def _address(slug: str) -> str:
    """Return the address of the same page with the timeline of another episode."""
    team, user, signature = (request.args[name] for name in ("team", "user", "s"))
    return url_for(".show", team=team, user=user, s=signature, episode=slug, _anchor="timeline")


def _not_signed(error: LinkError) -> Response:
    told = _EXPIRED if isinstance(error, ExpiredLinkError) else _NOT_SIGNED
    return refused(RefusedError(HTTPStatus.FORBIDDEN, told))


def _away(error: StoreError | UnreadableError) -> Response:
    log.warning("The insights cannot be shown: %s", error)
    return refused(RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, _AWAY, _WAIT))
