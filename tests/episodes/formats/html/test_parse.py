"""Podcasting 2.0 HTML, alone and inside a page."""

import pytest

from bot.episodes.formats import read
from bot.errors import UnreadableError
from tests.episodes.formats.samples import HTML, WORDS, turns, words

PAGE = """<!DOCTYPE html>
<html><head><title>Show</title><style>p { color: red }</style>
<script>document.write("<p>not said</p>")</script></head>
<body><nav><p>Menu</p></nav><main><h1>Episode</h1><p>What we talk about.</p>
<section>%s</section>
<p>Related episodes</p></main><footer><p>All rights</p></footer></body></html>
"""


def test_names_times_and_paragraphs_are_read() -> None:
    transcript = read(HTML.encode(), "a.html")
    assert turns(transcript) == [
        ("Ada Park", "Welcome to the show."),
        ("Ben Ode", "Thanks. I brought tea & bread."),
        ("Ada Park", "Then let us begin."),
    ]
    assert [(row.start, row.line) for row in transcript.rows] == [(1000, 3), (4000, 6), (9000, 9)]


def test_of_a_page_only_the_transcript_is_read() -> None:
    transcript = read((PAGE % HTML).encode(), "page")
    assert words(transcript) == WORDS
    assert transcript.format == "Podcasting 2.0 HTML"


def test_a_paragraph_of_a_time_alone_is_a_time() -> None:
    text = "<cite>Ada:</cite><p>0:05</p><p>We met at <b>10:30</b> there.</p><p>[1:05]</p><p>So.</p>"
    transcript = read(text.encode(), "a.html")
    assert words(transcript) == "We met at 10:30 there. So.".split()
    assert [row.start for row in transcript.rows] == [5000, 65000]


def test_names_and_times_inside_a_paragraph_are_read() -> None:
    text = "<p><cite>Ada:</cite> <time>0:01</time> Hello</p><p><cite>Ben</cite>: hi<br>there</p>"
    assert turns(read(text.encode(), "a.html")) == [("Ada", "Hello"), ("Ben", "hi there")]


def test_a_work_that_is_cited_is_words() -> None:
    text = "<cite>Ada:</cite><time>0:01</time><p>I read <cite>Emma</cite> twice.</p>"
    assert turns(read(text.encode(), "a.html")) == [("Ada", "I read Emma twice.")]


def test_each_paragraph_of_a_turn_is_one() -> None:
    text = "<cite>Ada:</cite><time>0:01</time><p>One.</p><p>Two.</p>"
    (speech,) = read(text.encode(), "a.html").speeches
    assert len(speech.paragraphs) == 2


@pytest.mark.parametrize(
    "text",
    [
        PAGE % "<p>An article.</p>",
        "<html><body><p>An article</p><time>25 January</time><cite>A book</cite></body></html>",
    ],
)
def test_a_page_without_a_transcript_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="is a web page without a transcript"):
        read(text.encode(), "a.html")


def test_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableError, match="is HTML nested too deep"):
        read((HTML + "<div>" * 40_000).encode(), "a.html")
    with pytest.raises(UnreadableError, match="is HTML with more than 50,000 tags"):
        read((HTML + "<p>" * 50_001).encode(), "a.html")


def test_a_monologue_needs_one_time_alone() -> None:
    assert turns(read(b"<time>0:01</time><p>I am alone.</p>", "a.html")) == [(None, "I am alone.")]
