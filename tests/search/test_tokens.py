from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokenization TOKENIZING tokenized", ["token", "token", "token"]),
        ("pre-training", ["pre", "train"]),
        ("GPT-4 and GPT4", ["gpt", "4", "gpt4"]),
        ("a 128K window, 10-30x cheaper", ["128k", "window", "10", "30x", "cheaper"]),
        ("3.5 of 10,000.25 dollars in 2024.", ["3.5", "10000.25", "dollar", "2024"]),
        ("pages 1,2,3", ["page", "1", "2", "3"]),
        ("the model's weights, the models' weights", ["model", "weight", "model", "weight"]),
        ("Alex’s café", ["alex", "cafe"]),
        ("cafe\u0301", ["cafe"]),
        ("vitamin D, type 2", ["vitamin", "d", "type", "2"]),
        ("snake_case/path.py", ["snake", "case", "path", "py"]),
        ("O'Reilly", ["oreilli"]),
        ("Übergröße СЛОВО ελληνικά", ["ubergross", "слово", "ελληνικα"]),
        ("**bold** `code` <!channel> 🎉", ["bold", "code", "channel"]),
    ],
)
def test_words_become_stems(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t…?!—",
        "What is it, and how did they do that?",
        "It isn't, they've not, we don't; can't, won't, ain't!",
        "it’s what’s there, who’d I'm you're",
        "e.g. this, etc.",
    ],
)
def test_text_without_a_meaning_word_has_no_tokens(text: str) -> None:
    assert tokens(text) == []


def test_a_word_that_a_contraction_resembles_is_kept() -> None:
    assert tokens("AI won in Spain") == ["ai", "won", "spain"]


@given(st.text())
def test_any_text_has_tokens_of_letters_digits_and_points_alone(text: str) -> None:
    for token in tokens(text):
        assert token
        assert token.replace(".", "").isalnum()


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_case_changes_nothing(text: str) -> None:
    assert tokens(text.upper()) == tokens(text.lower())


def test_threads_stem_alike() -> None:
    words = [f"running{letter}ings" for letter in "abcdefghijklmnopqrstuvwxyz"] * 20
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(tokens, words))
    assert together == [tokens(word) for word in words]
