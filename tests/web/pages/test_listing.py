"""Pages of lists, and the terms of all sheets."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.episodes import Library, load
from bot.web.pages.listing import ON_A_PAGE, glossary, leaf

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@given(st.integers(0, 5 * ON_A_PAGE))
def test_pages_hold_everything_once_and_in_order(number: int) -> None:
    first = leaf(range(number), 1)
    assert first is not None
    pages = [leaf(range(number), page) for page in range(1, first.last + 1)]
    assert [item for page in pages if page for item in page.items] == list(range(number))
    assert leaf(range(number), first.last + 1) is None
    assert leaf(range(number), 0) is None


def test_a_term_of_several_episodes_stands_once_with_what_each_says() -> None:
    [newest] = load(KNOWLEDGE).episodes
    lower = tuple(replace(term, names=(term.names[0].lower(),)) for term in newest.terms)
    older = replace(newest, slug="older", number=1, terms=lower)
    terms = glossary(Library([older, newest]))
    assert len(terms) == len(newest.terms)
    assert {one.term for one in terms} == {term.name for term in newest.terms}
    for one in terms:
        assert [meaning.episode.slug for meaning in one.meanings] == [newest.slug, "older"]
    assert [one.term.casefold() for one in terms] == sorted(one.term.casefold() for one in terms)


def test_a_library_without_sheets_has_no_terms_and_is_not_read() -> None:
    [newest] = load(KNOWLEDGE).episodes
    assert glossary(Library([replace(newest, terms=())])) == ()
