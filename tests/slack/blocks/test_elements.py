import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.elements import escape, escape_within, shorten
from tests.fakes.hostile import hostile_texts


@given(st.text())
def test_escaping_loses_nothing_and_leaves_nothing_that_acts(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(hostile_texts(), st.integers(1, 5_000))
def test_escaped_text_fits_and_ends_in_no_half_entity(text: str, limit: int) -> None:
    escaped = escape_within(text, limit)
    assert 1 <= len(escaped) <= limit
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped)
    escaped.encode()


@given(hostile_texts(), st.integers(1, 5_000))
def test_shortened_text_fits_and_can_be_sent(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert 1 <= len(short) <= limit
    short.encode()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_what_fits_stays_as_it_is(text: str) -> None:
    if text.strip():
        assert shorten(text, len(text)) == text
        assert html.unescape(escape_within(text, 5 * len(text))) == html.unescape(text)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 9, "one two…"),
        ("incomprehensibilities", 6, "incom…"),
        ("", 10, "…"),
        ("\n\t", 10, "…"),
        ("a\x00b\ud800c", 10, "a\ufffdb\ufffdc"),
    ],
)
def test_text_is_cut_between_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize("limit", range(2, 7))
def test_an_entity_is_never_cut(limit: int) -> None:
    assert escape_within("a<<", limit) in {"a…", "a&lt;…"}
