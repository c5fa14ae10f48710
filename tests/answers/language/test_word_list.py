"""A list of words says what a set of them would, and gives them in order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.answers.language.word_list import WordList

WORDS = st.text(st.sampled_from("abcäz東-'"), min_size=1, max_size=5)


@given(said=st.lists(WORDS), asked=WORDS)
def test_it_holds_what_was_put_in(said: list[str], asked: str) -> None:
    found = WordList.of(said)
    assert (asked in found) == (asked in said)
    assert list(found) == sorted(set(said))
    assert len(found) == len(set(said))
    assert all(word in found for word in said)


@given(said=st.lists(WORDS), letter=st.sampled_from("abcäz東x"))
def test_those_that_begin_with_a_letter_stand_together(said: list[str], letter: str) -> None:
    begin = {word for word in said if word.startswith(letter)}
    assert WordList.of(said).beginning(letter) == sorted(begin)


def test_of_nothing_it_holds_nothing() -> None:
    empty = WordList.of([])
    assert ("" in empty, "a" in empty, len(empty), list(empty)) == (False, False, 0, [])
    assert empty.beginning("a") == []
