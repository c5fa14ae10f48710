"""Every quote is a piece of a transcript, whatever was asked, and is found again by its place.

`FUZZ` in the environment is how many questions are asked (`make fuzz`: all of the files); without
it there are as many as `make test` has time for, of every file.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Answerer, NoAnswer, Quote
from bot.episodes import Episode, Span, load, plain
from bot.evaluation.questions import read_questions
from bot.search.passages import passages
from tests.answers.conftest import KNOWLEDGE

FILES = sorted((Path(__file__).parents[1] / "evaluation").glob("*.yaml"))
EXAMPLES = int(os.environ.get("FUZZ", "80"))
COMMANDS = (
    *("takeaways", "takeaway 4", "segments", "segment 3", "terms", "who hosts?", "how long is it?"),
    *("how long is the episode?", "previous episode", "next episode", "what is the title?"),
    *("what makes a good prompt?", "what are LLMs bad at?", "API or open source, which?"),
)
MOST_WORDS = 90
MOST_QUOTES = 3
EPISODE = load(KNOWLEDGE).episodes[0]


def windows(episode: Episode) -> Iterator[tuple[Span, str]]:
    """Every run of whole sentences of a passage that fits a quote."""
    for passage in passages(episode):
        for first in range(len(passage.sentences)):
            for last in range(first, len(passage.sentences)):
                span = Span(passage.sentences[first].start, passage.sentences[last].end)
                if len(episode.words(span).split()) <= MOST_WORDS:
                    yield span, passage.speaker or ""


def unspoken(episode: Episode) -> set[Span]:
    """What nobody says and still can be quoted."""
    found = {*episode.titles, *(segment.span for segment in episode.segments)}
    return found.union(filter(None, [episode.hosts_line, episode.duration, episode.closing]))


SPOKEN = tuple(windows(EPISODE))
QUOTABLE = {span for span, _ in SPOKEN} | unspoken(EPISODE)


def quotes_of(answer: Answer | NoAnswer) -> Iterator[Quote]:
    shown = (*answer.quotes, *answer.items) if isinstance(answer, Answer) else answer.near
    for quote in shown:
        yield quote
        if quote.context:
            yield quote.context


def in_the_file(quote: Quote, folder: Path = KNOWLEDGE) -> str:
    """The words at a quote's coordinates, in characters of the file as it is."""
    text = (folder / quote.source).read_bytes().decode("utf-8")
    return plain(text[quote.start : quote.end])


@pytest.fixture(scope="module")
def answers(answerer: Answerer) -> list[Answer | NoAnswer]:
    asked = [question for file in FILES for question in read_questions(file)]
    commands = [answerer.ask(command) for command in COMMANDS]
    some = asked[:: -(-len(asked) // EXAMPLES)]
    return [*commands, *(answerer.ask(one.text, one.history) for one in some)]


def test_every_quote_of_every_answer_is_in_the_file(answers: list[Answer | NoAnswer]) -> None:
    quotes = {quote for answer in answers for quote in quotes_of(answer)}
    assert len(quotes) > 100
    assert [quote for quote in quotes if quote.text != in_the_file(quote)] == []


def test_no_answer_shows_more_than_three_quotes_or_a_long_one(
    answers: list[Answer | NoAnswer],
) -> None:
    for answer in answers:
        if isinstance(answer, Answer):
            assert 1 <= len(answer.quotes) <= MOST_QUOTES
            assert answer.items[:MOST_QUOTES] in ((), answer.quotes)
        for quote in quotes_of(answer):
            assert 1 <= len(quote.text.split()) <= MOST_WORDS


def test_no_answer_shows_one_quote_twice(answers: list[Answer | NoAnswer]) -> None:
    for answer in answers:
        shown = answer.quotes if isinstance(answer, Answer) else answer.near
        assert len({(quote.start, quote.end) for quote in shown}) == len(shown)


def test_every_quote_of_every_answer_is_found_again(
    answerer: Answerer, answers: list[Answer | NoAnswer]
) -> None:
    for answer in answers:
        shown = (*answer.quotes, *answer.items) if isinstance(answer, Answer) else answer.near
        for quote in shown:
            assert answerer.quote(quote.episode, quote.digest, quote.start, quote.end) == quote


def test_every_window_of_every_passage_is_quoted_as_it_is_in_the_file(answerer: Answerer) -> None:
    assert len(SPOKEN) > 500
    for span, speaker in SPOKEN:
        quote = answerer.quote(EPISODE.slug, EPISODE.digest, span.start, span.end)
        assert quote is not None
        assert (quote.start, quote.end, quote.speaker or "") == (span.start, span.end, speaker)
        assert quote.text == in_the_file(quote)


def test_headings_and_header_lines_are_quoted_as_they_are_in_the_file(answerer: Answerer) -> None:
    for span in unspoken(EPISODE):
        quote = answerer.quote(EPISODE.slug, EPISODE.digest, span.start, span.end)
        assert quote is not None
        assert quote.speaker is None
        assert quote.text == in_the_file(quote)


@given(
    st.sampled_from(sorted(QUOTABLE, key=lambda span: (span.start, span.end))),
    st.integers(-30, 30),
    st.integers(-30, 30),
)
def test_a_shifted_span_is_quoted_only_if_it_is_another_whole_one(
    answerer: Answerer, span: Span, before: int, after: int
) -> None:
    moved = Span(span.start + before, span.end + after)
    quote = answerer.quote(EPISODE.slug, EPISODE.digest, moved.start, moved.end)
    assert (quote is not None) == (moved in QUOTABLE)


@given(st.integers(), st.integers())
def test_any_span_is_quoted_only_if_it_is_a_whole_one(
    answerer: Answerer, start: int, end: int
) -> None:
    quote = answerer.quote(EPISODE.slug, EPISODE.digest, start, end)
    assert (quote is not None) == (Span(start, end) in QUOTABLE)


def test_a_span_across_passages_is_not_quoted(answerer: Answerer) -> None:
    for one, other in pairwise(passages(EPISODE)):
        span = Span(one.sentences[-1].start, other.sentences[0].end)
        assert answerer.quote(EPISODE.slug, EPISODE.digest, span.start, span.end) is None


def test_a_passage_of_more_than_ninety_words_is_not_quoted_whole(
    both: Answerer, shelf: Path
) -> None:
    episode = load(shelf).episodes[1]
    [long] = [one for one in passages(episode) if len(one.own.split()) > MOST_WORDS]
    start, end = long.sentences[0].start, long.sentences[-1].end
    assert both.quote(episode.slug, episode.digest, start, end) is None
    assert both.quote(episode.slug, episode.digest, start, long.sentences[2].end) is not None


@pytest.mark.parametrize(
    "changed",
    [
        {"digest": "0" * 12},
        {"digest": ""},
        {"episode": "episode-99"},
        {"episode": ""},
        {"episode": "../episode-02"},
    ],
)
def test_another_edition_or_episode_is_not_quoted(
    answerer: Answerer, changed: dict[str, str]
) -> None:
    answer = answerer.ask("define RAG")
    assert isinstance(answer, Answer)
    quote = answer.quotes[0]
    other = replace(quote, **changed)  # type: ignore[arg-type]  # all of these are texts
    assert answerer.quote(quote.episode, quote.digest, quote.start, quote.end) == quote
    assert answerer.quote(other.episode, other.digest, quote.start, quote.end) is None


@pytest.mark.parametrize("edition", ["bom", "crlf"])
def test_coordinates_count_a_byte_order_mark_and_carriage_returns(
    edition: str, tmp_path: Path
) -> None:
    content = (KNOWLEDGE / EPISODE.source).read_bytes()
    content = b"\xef\xbb\xbf" + content if edition == "bom" else content.replace(b"\n", b"\r\n")
    folder = tmp_path / EPISODE.slug
    folder.mkdir()
    (folder / "transcript.md").write_bytes(content)
    (folder / "episode.yaml").write_bytes((KNOWLEDGE / EPISODE.slug / "episode.yaml").read_bytes())
    library = load(tmp_path)
    assert library.faults == ()
    quotes = [
        quote
        for question in ("define RAG", "takeaways", "segments", "what makes a good prompt?")
        for quote in quotes_of(Answerer(library).ask(question))
    ]
    assert len(quotes) > 10
    for quote in quotes:
        assert quote.digest != EPISODE.digest
        assert quote.text == in_the_file(quote, tmp_path)


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("define levain", "episode-03"),
        ("takeaways of episode 3", "episode-03"),
        ("define RAG", "episode-02"),
        ("takeaways of episode 2", "episode-02"),
    ],
)
def test_a_quote_is_in_the_file_of_its_own_episode(
    both: Answerer, shelf: Path, question: str, slug: str
) -> None:
    quotes = list(quotes_of(both.ask(question)))
    assert quotes[0].episode == slug
    for quote in quotes:
        assert quote.text == in_the_file(quote, shelf)
        assert both.quote(quote.episode, quote.digest, quote.start, quote.end) == quote
