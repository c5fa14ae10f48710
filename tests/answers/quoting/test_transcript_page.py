"""The turns around a quote, word for word."""

from itertools import count, takewhile
from pathlib import Path

import pytest

from bot.answers.quoting.transcript_page import TURNS, Excerpt, Spoken, excerpt
from bot.episodes import Episode, Span, load
from bot.search.passages import passages

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="module")
def episode() -> Episode:
    [only] = load(KNOWLEDGE).episodes
    return only


def around(episode: Episode, quote: Span, page: int = 0) -> Excerpt:
    found = excerpt(episode, quote, page)
    assert found is not None
    return found


def said(spoken: Spoken) -> str:
    return " ".join(words.text for paragraph in spoken.paragraphs for words in paragraph)


def quoted(found: Excerpt) -> list[str]:
    return [
        words.text
        for spoken in found.spoken
        for paragraph in spoken.paragraphs
        for words in paragraph
        if words.quoted
    ]


def test_every_sentence_is_marked_in_its_place_and_nothing_else_is_changed(
    episode: Episode,
) -> None:
    for passage in passages(episode):
        for sentence in passage.sentences:
            found = around(episode, sentence)
            assert quoted(found) == [episode.words(sentence)]
            [holder] = [one for one in found.spoken if episode.words(sentence) in said(one)][:1]
            assert " ".join(said(holder).split()) == said(holder)


def test_the_quote_stands_between_the_turns_before_and_after_it(episode: Episode) -> None:
    turn = episode.turns[10]
    found = around(episode, turn.paragraphs[0])
    assert [spoken.speaker for spoken in found.spoken] == [
        one.speaker for one in episode.turns[9:12]
    ]
    assert (found.earlier, found.later) == (True, True)


def test_pages_hold_every_turn_once_and_tell_where_they_end(episode: Episode) -> None:
    first = episode.turns[1].paragraphs[0]
    pages = [*takewhile(bool, (excerpt(episode, first, page) for page in count()))]
    assert all(pages)
    held = [said(spoken) for page in pages if page for spoken in page.spoken]
    assert len(held) == len(episode.turns)
    assert [page.earlier for page in pages if page] == [False] + [True] * (len(pages) - 1)
    assert [page.later for page in pages if page] == [True] * (len(pages) - 1) + [False]
    assert all(len(page.spoken) == TURNS for page in pages[:-1] if page)


def test_a_row_of_the_sheet_stands_between_its_neighbours(episode: Episode) -> None:
    found = around(episode, episode.terms[3].definition)
    assert [spoken.label for spoken in found.spoken] == [
        episode.words(term.cell) for term in episode.terms[2:5]
    ]
    assert {spoken.segment for spoken in found.spoken} == {"Key Concepts Reference Sheet"}
    assert (found.first, found.last, found.total) == (3, 5, len(episode.terms))


@pytest.mark.parametrize("page", [-1_000, 1_000])
def test_there_is_no_page_beyond_the_ends(episode: Episode, page: int) -> None:
    assert excerpt(episode, episode.turns[10].paragraphs[0], page) is None


def test_a_heading_has_nothing_around_it(episode: Episode) -> None:
    assert excerpt(episode, episode.titles[0]) is None
