"""Mending words against the words of an episode; real words stay as they are."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.language.spelling import Vocabulary
from bot.answers.question.terms import Terms
from bot.search.passages import Passage


@pytest.fixture(scope="session")
def vocabulary(pieces: Sequence[Passage]) -> Vocabulary:
    return Vocabulary.of(one.scored for one in pieces)


@pytest.fixture(scope="session")
def terms(vocabulary: Vocabulary) -> Terms:
    return Terms(vocabulary, names=[])


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("halucination", "hallucination"),
        ("promt", "prompt"),
        ("tranformers", "transformers"),
        ("retreival", "retrieval"),
        ("ebmedding", "embedding"),
        ("laguage", "language"),
        ("mdoel", "model"),
    ],
)
def test_a_slip_of_the_pen_is_mended(vocabulary: Vocabulary, word: str, mended: str) -> None:
    assert vocabulary.mended(word) == (mended,)


def test_a_compound_written_in_one_comes_apart(vocabulary: Vocabulary) -> None:
    assert vocabulary.mended("contextwindow") == ("context", "window")


@pytest.mark.parametrize(
    "word",
    [
        *("hallucination", "hallucinations", "prompt", "customer", "pricing", "promoter", "lawyer"),
        *("giraffe", "kitchen", "modest", "sandwich", "retention", "trainer", "token", "GDPR"),
    ],
)
def test_a_real_word_is_left_alone(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.mended(word.lower()) == (word.lower(),)


@pytest.mark.parametrize("word", ["", "a", "teh", "42", "1234567", "xyzzyq", "ωμέγα", "東京"])
def test_what_is_like_no_word_is_left_alone(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.mended(word) == (word,)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("pre training", ["pre", "training"]),
        ("what is fine tunning", ["what", "is", "fine", "tuning"]),
        ("hallu cination", ["hallucination"]),
        ("write an e mail", ["write", "an", "email"]),
        ("promt engneering", ["prompt", "engineering"]),
    ],
)
def test_a_text_is_mended_word_by_word(terms: Terms, text: str, mended: list[str]) -> None:
    assert terms.mended(text) == mended


@pytest.mark.parametrize("text", ["pretraining", "pre training", "pre-training", "Pre-Training"])
def test_a_compound_is_known_however_it_is_written(terms: Terms, text: str) -> None:
    assert "train" in "".join(terms.mended(text))


def test_a_vocabulary_of_nothing_mends_nothing() -> None:
    empty = Vocabulary.of([])
    assert empty.mended("halucination") == ("halucination",)
    assert empty.joined("e", "mail") == ""
    assert "hallucin" not in empty


@given(st.from_regex(r"\w+", fullmatch=True))
def test_any_word_is_mended_to_something(vocabulary: Vocabulary, word: str) -> None:
    assert all(isinstance(one, str) for one in vocabulary.mended(word))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_mended_to_no_more_than_twice_its_words(terms: Terms, text: str) -> None:
    assert len(terms.mended(text)) <= 2 * len(text)
