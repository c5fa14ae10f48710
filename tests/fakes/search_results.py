"""What Slack refuses in the results of a search.

https://docs.slack.dev/enterprise-search/developing-apps-with-search-features#output-parameters-search-implementation
"""

import re
from collections.abc import Iterator
from typing import Any

MOST = 50
_WORDS = ("title", "description", "link", "date_updated")
_FIELDS = {*_WORDS, "external_ref", "content"}


def search_faults(results: Any) -> list[str]:
    """What is wrong with the results of a search."""
    if not isinstance(results, list):
        return ["the results are no list"]
    many = [f"{len(results)} results"] * (len(results) > MOST)
    return [*many, *(fault for result in results for fault in _faults(result))]


def _faults(result: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown field {name}" for name in result.keys() - _FIELDS)
    yield from (f"no {name}" for name in _WORDS if not _is_text(result.get(name)))
    if not _is_text(result.get("external_ref", {}).get("id")):
        yield "no external_ref.id"
    if not _is_text(result.get("content", "none is needed")):
        yield "the content is no text"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(result.get("date_updated"))):
        yield "date_updated is no date"
    if not re.match(r"https?://", str(result.get("link"))):
        yield "the link leads nowhere"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
