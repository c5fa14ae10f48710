"""Every quote that can be cut from the episode is a piece of its file."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.episodes import Episode, Span, plain
from bot.episodes.sentences import LONGEST, sentences

MARKDOWN = st.text(st.sampled_from("aB9 .!?\"'“”()*_\n…-é")) | st.text()


def paragraphs(episode: Episode) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    for turn in episode.turns:
        for span in turn.paragraphs:
            yield span, sentences(episode.text, span)


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, Span(0, len(text)))]


def test_every_run_of_sentences_is_the_file_without_emphasis(episode: Episode) -> None:
    for whole, found in paragraphs(episode):
        said = episode.words(whole)
        for first in range(len(found)):
            for last in range(first, len(found)):
                source = episode.text[found[first].start : found[last].end]
                words = episode.words(Span(found[first].start, found[last].end))
                assert words == " ".join(source.replace("*", "").split())
                assert words == " ".join(episode.words(span) for span in found[first : last + 1])
                assert words in said


def test_sentences_are_whole(episode: Episode) -> None:
    for _, found in paragraphs(episode):
        for span in found:
            source = episode.text[span.start : span.end]
            assert source.count('"') % 2 == 0
            assert source.count("(") == source.count(")")
            assert len(re.findall(r"\*\*", source)) % 2 == 0


def test_every_sentence_fits_a_quote(episode: Episode) -> None:
    for _, found in paragraphs(episode):
        assert all(len(episode.words(span).split()) <= LONGEST for span in found)


def test_sentences_leave_out_white_space_alone(episode: Episode) -> None:
    for whole, found in paragraphs(episode):
        end = whole.start
        for span in found:
            assert not episode.text[end : span.start].strip()
            end = span.end
        assert end == whole.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four… five.", ["One.", "Two!", "Three?", "Four… five."]),
        ('He said "Stop. Now." Then left.', ['He said "Stop. Now."', "Then left."]),
        ('It "learns." Then it stops.', ['It "learns."', "Then it stops."]),
        ("He said “Stop. Now”. Then left.", ["He said “Stop. Now”.", "Then left."]),
        ("Some (not all. No!) do. Others don't.", ["Some (not all. No!) do.", "Others don't."]),
        ("**Be quick. Be sure.** Then rest.", ["**Be quick. Be sure.**", "Then rest."]),
        ("*Be quick. Be sure.* Then rest.", ["*Be quick. Be sure.*", "Then rest."]),
        ("**1. Plan for change.** It comes.", ["**1. Plan for change.**", "It comes."]),
        ("Use tools, e.g. Python. Or not.", ["Use tools, e.g. Python.", "Or not."]),
        ("Ask Dr. Who. Then J. Doe.", ["Ask Dr. Who.", "Then J. Doe."]),
        ("That sounds... underwhelming.", ["That sounds... underwhelming."]),
        ("A fine 3.5 percent. Écoute bien.", ["A fine 3.5 percent.", "Écoute bien."]),
        ("a) First thing. b) And B) too. Last.", ["a) First thing. b) And B) too.", "Last."]),
        ("It goes\r\non. And\r\non.", ["It goes\r\non.", "And\r\non."]),
        ("   ", []),
        ("No end", ["No end"]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_quotation_too_long_to_quote_is_cut_at_its_sentence_ends() -> None:
    said = ["Ten words make up each sentence of this long quotation."] * 10
    quotation = f'"{" ".join(said)}" After it.'
    assert cut(quotation) == [f'"{said[0]}', *said[1:9], f'{said[9]}"', "After it."]


def test_a_quotation_that_fits_a_quote_stays_whole() -> None:
    said = " ".join(["Ten words make up each sentence of this long quotation."] * 9)
    assert len(said.split()) == LONGEST
    assert cut(f'"{said}" After it.') == [f'"{said}"', "After it."]


def test_a_quotation_that_never_closes_is_cut_only_if_too_long() -> None:
    short, long = " ".join(["Word here."] * 4), " ".join(["Word here."] * 46)
    assert cut(f'Start. "{short}') == ["Start.", f'"{short}']
    assert len(cut(f'Start. "{long}')) == 47


def test_a_sentence_that_fits_a_quote_is_never_cut() -> None:
    text = "word " * (LONGEST - 1) + "end."
    assert cut(text) == [text]


def test_a_sentence_too_long_to_quote_is_cut_into_runs_of_its_words() -> None:
    text = "word " * 200 + "end."
    found = cut(text)
    assert " ".join(found) == text
    assert [len(one.split()) for one in found] == [40] * 5 + [1]


@given(MARKDOWN, MARKDOWN, MARKDOWN)
def test_sentences_cover_any_text_in_order(before: str, text: str, after: str) -> None:
    whole = before + text + after
    end = len(before)
    for span in sentences(whole, Span(len(before), len(before + text))):
        assert not whole[end : span.start].strip()
        assert whole[span.start : span.end].strip() == whole[span.start : span.end] != ""
        end = span.end
    assert not whole[end : len(before + text)].strip()


@given(MARKDOWN)
def test_plain_changes_nothing_but_marks_and_white_space(text: str) -> None:
    def rest(words: str) -> str:
        return re.sub(r"[\s*_]", "", words)

    assert rest(plain(text)) == rest(text)
    assert plain(text) == " ".join(plain(text).split())


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a **bold** and *light* word", "a bold and light word"),
        ("***both*** at once", "both at once"),
        ("_light_ and __bold.__", "light and bold."),
        ("2 * 3 is snake_case in __init__.py", "2 * 3 is snake_case in init.py"),
        (" over\r\n two\tlines ", "over two lines"),
    ],
)
def test_plain_takes_emphasis_off(source: str, words: str) -> None:
    assert plain(source) == words
