"""Which transcript of an episode is taken first."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.model import Transcript
from bot.feeds.reading.choosing import in_order, is_timed

JSON = Transcript("https://example.org/1.json", "application/json")
WEBVTT = Transcript("https://example.org/1.vtt", "text/vtt")
SUBRIP = Transcript("https://example.org/1.srt", "application/x-subrip")
HTML = Transcript("https://example.org/1.html", "text/html")
TEXT = Transcript("https://example.org/1.txt", "text/plain")
PDF = Transcript("https://example.org/1.pdf", "application/pdf")
EACH = (JSON, WEBVTT, SUBRIP, HTML, TEXT, PDF)


def test_the_one_that_says_most_comes_first_whatever_the_feeds_order() -> None:
    for mixed in permutations(EACH):
        assert in_order(mixed, None) == list(EACH)


def test_captions_come_before_what_has_no_times() -> None:
    captions = Transcript("https://example.org/1", "text/html", rel="captions")
    assert in_order((TEXT, HTML, captions, SUBRIP), None) == [SUBRIP, captions, HTML, TEXT]
    assert is_timed(captions)
    assert not is_timed(HTML)


def test_the_language_that_is_wanted_comes_first_and_another_last() -> None:
    german = Transcript("https://example.org/1.de.json", "application/json", "de-DE")
    english = Transcript("https://example.org/1.en.txt", "text/plain", "en_US")
    assert in_order((german, WEBVTT, english), "en") == [english, WEBVTT, german]
    assert in_order((german, WEBVTT, english), "DE-at") == [german, WEBVTT, english]
    assert in_order((german, WEBVTT, english), None) == [german, WEBVTT, english]


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "text/x-unknown"])
def test_a_type_that_says_nothing_is_told_by_the_name(kind: str) -> None:
    first = Transcript("https://example.org/a.VTT?b=c.txt", kind)
    assert in_order((PDF, TEXT, first), None) == [first, TEXT, PDF]
    assert is_timed(first)


def test_an_address_that_stands_twice_is_tried_once() -> None:
    assert in_order((TEXT, WEBVTT, TEXT, WEBVTT), None) == [WEBVTT, TEXT]


@given(st.lists(st.sampled_from(EACH)), st.sampled_from((None, "en", "de")))
def test_none_is_lost(transcripts: list[Transcript], language: str | None) -> None:
    assert set(in_order(transcripts, language)) == set(transcripts)
