"""Where a quote is marked, and where it is found again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.episodes import Episode, Span, load, plain
from bot.episodes.sentences import sentences
from bot.links import Place, fingerprint
from bot.web.pages.marking import Found, find, pieces, shown

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
OLD = "000000000000"


def house() -> Episode:
    return load(KNOWLEDGE).episodes[0]


HOUSE = house()
PIECES = list(pieces(HOUSE))
SENTENCES = [one for piece in PIECES for one in sentences(HOUSE.text, piece)]


def text_of(episode: Episode, mark: Span) -> str:
    return " ".join(
        "".join(
            words.text
            for piece in pieces(episode)
            for words in shown(episode, piece, mark)
            if words.marked
        ).split()
    )


def runs() -> st.SearchStrategy[Span]:
    """Sentences of the episode that ships, and runs of them within a paragraph."""
    several = [
        Span(found[at].start, found[end].end)
        for piece in PIECES
        for found in [sentences(HOUSE.text, piece)]
        for at in range(len(found))
        for end in range(at, min(at + 3, len(found)))
    ]
    return st.sampled_from(several)


@given(runs())
def test_what_is_marked_is_the_quote_and_nothing_else(span: Span) -> None:
    assert text_of(HOUSE, span) == HOUSE.words(span)


@given(runs())
def test_around_a_mark_no_word_is_lost_doubled_or_grown_together(span: Span) -> None:
    for piece in PIECES:
        whole = "".join(words.text for words in shown(HOUSE, piece, span))
        assert " ".join(whole.split()) == HOUSE.words(piece)


@given(runs())
def test_a_quote_is_found_where_it_stands(span: Span) -> None:
    place = Place(HOUSE.digest, span.start, span.end)
    assert find(HOUSE, place) == Found(span, moved=False)


@given(runs())
def test_a_quote_that_moved_is_found_again_by_its_words(span: Span) -> None:
    place = Place(OLD, span.start + 7, span.end + 7, fingerprint(HOUSE.words(span)))
    found = find(HOUSE, place)
    assert found is not None
    assert found.moved
    assert found.span is not None
    assert HOUSE.words(found.span) == HOUSE.words(span)


@given(st.text(alphabet="ab*_ .", max_size=40))
def test_emphasis_goes_word_by_word_as_it_goes_at_once(text: str) -> None:
    """What finds a quote again counts words, with marks of emphasis or without."""
    assert list(filter(None, map(plain, text.split()))) == plain(text).split()


def test_of_several_the_nearest_is_taken() -> None:
    text = "Yes. No. Yes."
    spans = (Span(0, 4), Span(5, 8), Span(9, 13))
    turn = replace(HOUSE.turns[0], paragraphs=spans, segment=0)
    twice = replace(
        HOUSE, text=text, turns=(turn,), titles=(), hosts_line=None, duration=None, sheet=None,
        closing=None, terms=(), takeaways=(), segments=(replace(HOUSE.segments[0], title=""),),
    )  # fmt: skip
    for start, again in ((0, Span(0, 4)), (2, Span(0, 4)), (8, Span(9, 13)), (99, Span(9, 13))):
        place = Place(OLD, start, start + 4, fingerprint("Yes."))
        assert find(twice, place) == Found(again, moved=True)


@pytest.mark.parametrize("words", ["Nobody ever said this sentence.", "Under + stan", "x" * 999])
def test_what_no_longer_stands_there_is_not_found(words: str) -> None:
    assert find(HOUSE, Place(OLD, 1, 9, fingerprint(words))) == Found(None, moved=True)


def test_without_words_nothing_is_searched() -> None:
    assert find(HOUSE, Place(OLD, 1, 9)) == Found(None, moved=True)


def between() -> Iterator[Span]:
    """Places that no page shows: behind the text, and where no piece stands."""
    yield Span(len(HOUSE.text), len(HOUSE.text) + 1)
    yield Span(10**7, 10**7 + 5)
    rule = HOUSE.text.index("\n---\n")
    yield Span(rule, rule + 5)


@pytest.mark.parametrize("span", list(between()))
def test_a_place_that_the_page_does_not_show_is_none(span: Span) -> None:
    assert find(HOUSE, Place(HOUSE.digest, span.start, span.end)) is None


@given(st.integers(0, 4_000), st.integers(1, 4_000))
def test_any_characters_may_be_marked(start: int, length: int) -> None:
    mark = Span(start, start + length)
    for piece in PIECES:
        for words in shown(HOUSE, piece, mark):
            assert words.text.strip() or words.text == " "
