"""What is sent: packed, named by its content, and nothing where the reader has it already."""

import gzip
from hashlib import sha256

from flask import Request, Response

from bot.web.look import HEADERS

_LEVEL = 6  # of gzip; one more saves a hundredth and takes a third longer
_LEAST = 500  # bytes; what is shorter fits in one packet as it is


def page(words: str, request: Request, *, public: bool) -> Response:
    """Return a page for a request, or that the reader has it already.

    Caches may keep it and ask each time whether it is still so. One that is `public` may be kept
    by those of many readers, and be found by search engines.
    """
    response = _dressed(words, 200, f"{'public' if public else 'private'}, no-cache")
    if public:
        del response.headers["X-Robots-Tag"]
    response.set_etag(sha256(response.get_data()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    if response.status_code != 304:  # noqa: PLR2004 - not modified
        _pack(response, request)
    return response


def passing(words: str, request: Request, status: int = 200) -> Response:
    """Return a page that nobody may keep."""
    response = _dressed(words, status, "private, no-store")
    _pack(response, request)
    return response


def _dressed(words: str, status: int, kept: str) -> Response:
    """Return a page with its headers; half a surrogate pair in it is a question mark."""
    response = Response(words.encode("utf-8", "replace"), status, mimetype="text/html")
    response.headers.update(HEADERS)
    response.headers["Cache-Control"] = kept
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Accept-Encoding")
    return response


def _pack(response: Response, request: Request) -> None:
    body = response.get_data()
    if len(body) >= _LEAST and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.content_encoding = "gzip"
