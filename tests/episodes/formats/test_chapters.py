"""Podcasting 2.0 chapters."""

import json
from typing import Any

import pytest

from bot.episodes.formats import Chapter, read_chapters
from bot.errors import UnreadableError


def chapters(*values: Any) -> tuple[Chapter, ...]:
    raw = json.dumps({"version": "1.2.0", "chapters": values}).encode()
    return read_chapters(raw, "chapters.json")


def test_chapters_come_in_the_order_of_time() -> None:
    found = chapters(
        {"startTime": 60.5, "title": "Tea &amp; bread"}, {"startTime": 0, "title": "A"}
    )
    assert found == (Chapter("A", 0), Chapter("Tea & bread", 60500))


def test_those_in_no_table_of_contents_are_left_out() -> None:
    found = chapters(
        {"startTime": 0, "title": "Start", "toc": True},
        {"startTime": 5, "title": "A picture", "toc": False},
        {"startTime": 9, "img": "a.jpg"},
    )
    assert found == (Chapter("Start", 0),)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"{}", "chapters.json:1: is JSON, but no chapters: it has no list of `chapters`"),
        (b'{"chapters": [5]}', "chapter 1 is no object"),
        (b'{"chapters": [{"title": "A"}]}', "chapter 1, A: `startTime` is no time"),
        (b'{"chapters": [{"title": "A", "startTime": -1}]}', "`startTime` is no time"),
        (b'{"chapters": [', "is no valid JSON: it ends too early"),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_what_is_none_is_told(raw: bytes, told: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_chapters(raw, "chapters.json")
    assert told in str(refused.value)
