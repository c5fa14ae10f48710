"""What is general English, and what is made of it."""

import pytest

from bot.answers.language.english import is_english


@pytest.mark.parametrize(
    "word", ["cheap", "knobs", "customise", "greener", "quickest", "beginner", "readable", "stingy"]
)
def test_a_word_and_what_is_made_of_it_is_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["asdf", "qwer", "kostet", "entrenar", "faut", "токен", ""])
def test_what_is_no_word_or_another_languages_is_not(word: str) -> None:
    assert not is_english(word)
