"""Whatever stands in an address: a page or a plain no, and nothing from outside the folder.

`FUZZ` in the environment is how many are asked for (`make fuzz`: 5,000); without it there are
a few.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.links import Links
from tests.web.pages.conftest import ROOT, site_of
from tests.web.pages.talks import write

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ", "500"))
SECRET = "What stands outside the knowledge folder."
SLUGS = ("bread", "tea", "soup", "salt")
ANSWERS = {200, 304, 400, 403, 404, 405}
SIGNED = Links(ROOT, "signed", ["key"])


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge folder beside a file that nobody may read."""
    folder = tmp_path_factory.mktemp("fuzz")
    (folder / "secret.vtt").write_text(SECRET, "utf-8")
    return write(folder / "knowledge")


@pytest.fixture(scope="module")
def answerer(outside: Path) -> Answerer:
    return ready(load(outside), outside)


@pytest.fixture(scope="module")
def browsers(answerer: Answerer) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """One of signed pages, one of public ones."""
    with site_of(answerer, SIGNED) as signed, site_of(answerer, Links(ROOT, "public")) as public:
        yield signed.test_client(), public.test_client()


TEXTS = st.text(max_size=30) | st.sampled_from(
    ("", "../secret.vtt", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "....//", "%00", "\0",
     "\r\nX: y", "<script>alert(1)</script>", "{{7*7}}", "' or 1=1 --", "\u202e", "9" * 5000, "-1",
     "1e9", "NaN")
)  # fmt: skip
NUMBERS = st.integers(-10, 10**10).map(str) | TEXTS
PLACES = st.tuples(NUMBERS, NUMBERS).map("-".join) | TEXTS
DIGESTS = st.sampled_from(("REAL", "0123456789ab")) | TEXTS
WORDS = st.just("12-0123456789abcdef") | st.tuples(NUMBERS, TEXTS).map("-".join) | TEXTS
SIGNATURES = st.sampled_from(("OWN", "OTHER")) | TEXTS
KNOWN = st.fixed_dictionaries(
    {}, optional={"v": DIGESTS, "at": PLACES, "words": WORDS, "s": SIGNATURES, "page": NUMBERS,
                  "q": TEXTS}
)  # fmt: skip
QUERIES = st.builds(
    lambda known, other: known | other, KNOWN, st.dictionaries(TEXTS, TEXTS, max_size=2)
)
PATHS = st.one_of(
    st.sampled_from(SLUGS).map("/e/{}".format),
    st.tuples(st.sampled_from(SLUGS), TEXTS).map("/e/{0[0]}{0[1]}".format),
    TEXTS.map("/e/{}".format),
    st.sampled_from(("/", "/search", "/glossary", "/e", "/e/")),
    TEXTS.map("/{}".format),
)


def sendable(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def signature(slug: str) -> str:
    return (SIGNED.episode(slug) or "").partition("s=")[2]


@given(
    path=PATHS,
    query=QUERIES,
    method=st.sampled_from(("GET", "HEAD", "POST")),
    public=st.booleans(),
)
@settings(max_examples=EXAMPLES)
def test_no_address_fails_or_leads_outside(
    browsers: tuple[FlaskClient, FlaskClient],
    answerer: Answerer,
    path: str,
    query: dict[str, str],
    method: str,
    *,
    public: bool,
) -> None:
    slug = path.removeprefix("/e/")
    if query.get("v") == "REAL":
        at = answerer.library.place(slug) or 0
        query = query | {"v": answerer.library.entries[at].digest}
    if query.get("s") in {"OWN", "OTHER"}:
        query = query | {"s": signature(slug if query["s"] == "OWN" else "other")}
    told = browsers[public].open(
        quote(sendable(path), safe="/%"),
        method=method,
        query_string=urlencode({sendable(k): sendable(v) for k, v in query.items()}),
        headers={"Accept": "text/html"},
    )
    assert told.status_code in ANSWERS, told.status
    page = told.get_data(as_text=True)
    assert "Traceback" not in page
    assert SECRET not in page
    assert "root:" not in page
    assert "<script" not in page
    if told.status_code == 200 and path.startswith("/e/") and not public:
        assert query["s"] == signature(slug)


def test_nothing_of_it_was_an_error(
    browsers: tuple[FlaskClient, FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    """What is answered 400, 403 and 404 is no error of ours, and fills no log."""
    with caplog.at_level(logging.WARNING):
        for path in ("/e/none", "/e/tea?at=5-2&v=x", "/e/none?s=forged"):
            for browser in browsers:
                assert browser.get(path).status_code in {400, 403, 404}
    assert caplog.records == []
