"""The one look of all pages: a template that they extend, style sheets, and their headers.

`page.css` stands in each page, any other sheet in those that ask for it. Each is named by its hash,
so that a page is one request and carries no other style.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from markupsafe import Markup

# By the names of their files; what the template writes between the tags is what is hashed.
_STYLES = {
    path.stem: path.read_text("utf-8").strip()
    for path in sorted(Path(__file__).parent.glob("*.css"))
}


def _policy() -> str:
    """Return what a page may load: our own style, an empty picture, and nothing else.

    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
    """
    hashes = (b64encode(sha256(style.encode()).digest()).decode() for style in _STYLES.values())
    styles = " ".join(f"'sha256-{one}'" for one in hashes)
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


# No page may be framed, or tells another site its address, in which a signature or a code stands.
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": _policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)


def dress(flask: Flask) -> None:
    """Give every page of a site the look."""
    styles = {name: Markup(style) for name, style in _STYLES.items()}  # noqa: S704 - our own files
    flask.jinja_env.globals["styles"] = styles
    flask.jinja_env.trim_blocks = flask.jinja_env.lstrip_blocks = True
