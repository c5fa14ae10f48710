"""The paths that Slack, browsers and monitors ask for."""

import logging
import secrets
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, jsonify, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from bot.slack.manifest import REQUESTS
from bot.web.callers import is_bearer, is_signed
from bot.web.health import Readiness
from bot.web.look import dress
from bot.web.pages import missing

if TYPE_CHECKING:  # at run time it may be imported only where its folder is named
    from bot.web.metrics import Metrics

_MOST_BYTES = 1024 * 1024  # Slack's own requests stay far below

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Site:
    """What a site is made of; without `metrics_token` nobody reads the metrics.

    `installing` are the pages for installing the app, where many workspaces may, `pages` those on
    which episodes are read, where anybody may, `insights` the one on which owners see what was
    asked, and `mcp` the address at which assistants ask.
    """

    app: App
    signing_secret: str = field(repr=False)
    readiness: Readiness
    metrics: "Metrics"
    metrics_token: str | None = field(default=None, repr=False)
    installing: Blueprint | None = None
    pages: Blueprint | None = None
    insights: Blueprint | None = None
    mcp: Blueprint | None = None


def build_site(site: Site) -> Flask:
    """Return the site as a WSGI application."""
    flask = Flask(__name__, static_folder=None)
    # Merging leads from `//` to `/` at the scheme and the host that a request names: behind a proxy
    # a signature would travel unencrypted.
    flask.url_map.merge_slashes = False
    flask.before_request(_lead_nowhere)
    dress(flask)
    flask.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    _take_requests(flask, site)
    _report_health(flask, site.readiness)
    if site.metrics_token:
        _show_metrics(flask, site.metrics, site.metrics_token)
    for pages in filter(None, (site.installing, site.pages, site.insights, site.mcp)):
        flask.register_blueprint(pages)
    flask.register_error_handler(HTTPException, _refuse)
    flask.register_error_handler(Exception, _apologize)
    return flask


def _lead_nowhere() -> None:
    """Answer `//`, which werkzeug takes to `/` all the same, like any other unknown path."""
    if isinstance(request.routing_exception, RequestRedirect):
        abort(HTTPStatus.NOT_FOUND)


def _take_requests(flask: Flask, site: Site) -> None:
    handler = SlackRequestHandler(site.app)
    verifier = SignatureVerifier(site.signing_secret)

    @flask.post(REQUESTS)
    def slack_events() -> Response:
        """Hand Slack's request to Bolt, which would read a stranger's before it is checked."""
        if not is_signed(verifier):
            abort(HTTPStatus.UNAUTHORIZED)
        return handler.handle(request)


def _report_health(flask: Flask, readiness: Readiness) -> None:
    @flask.get("/healthz")
    def healthz() -> Response:
        """Whether this process answers."""
        return _plain("ok")

    @flask.get("/readyz")
    def readyz() -> tuple[Response, HTTPStatus]:
        """Whether it has what it needs, what is missing, and what answers are the worse for."""
        missing = readiness.missing()
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
        return jsonify(ready=not missing, missing=missing, impaired=readiness.impaired()), status


def _show_metrics(flask: Flask, metrics: "Metrics", token: str) -> None:
    @flask.get("/metrics")
    def show() -> Response:
        """Return the metrics, for whoever has the token."""
        if not is_bearer(token):
            abort(Response("Unauthorized", 401, {"WWW-Authenticate": "Bearer"}))
        return Response(metrics.exposition(), mimetype="text/plain; version=0.0.4")


def _refuse(error: HTTPException) -> Response:
    """Say no in plain text, with the headers that belong to it; to a browser on a page."""
    if error.code == HTTPStatus.NOT_FOUND and _prefers_pages():
        return missing()
    response = error.get_response()
    if error.response is None:
        response.data, response.mimetype = f"{error.name}\n", "text/plain"
    return response  # type: ignore[return-value]  # werkzeug names the sans-I/O base


def _prefers_pages() -> bool:
    kinds = ("text/plain", "text/html")  # the first for whoever takes anything
    return request.accept_mimetypes.best_match(kinds) == kinds[1]


def _apologize(error: Exception) -> tuple[Response, HTTPStatus]:
    """Log what went wrong under a reference, and tell no more than that reference."""
    reference = secrets.token_hex(4)
    log.error("%s failed, reference %s", request.path, reference, exc_info=error)
    words = f"Sorry, something went wrong. Reference: {reference}\n"
    return _plain(words), HTTPStatus.INTERNAL_SERVER_ERROR


def _plain(words: str) -> Response:
    return Response(words, mimetype="text/plain")
