"""Slips of the pen, and neighbours that mean different things."""

import pytest

from bot.answers.language.slips import differ_in_meaning, is_misspelt

ENGLISH = frozenset("phase trial vitamin fine contest window injection language type".split())


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("gpt4", "gpt5"),
        ("gpt", "gpt4"),
        ("b", "c"),
        ("retraining", "pretraining"),
        ("retrainning", "pretraining"),
        ("posttraining", "pretraining"),
        ("unimodal", "multimodal"),
        ("modal", "multimodal"),
        ("hypotension", "hypertension"),
        ("unsupervised", "supervised"),
        ("lessor", "lessee"),
        ("sulfate", "sulfide"),
    ],
)
def test_neighbours_are_told_apart(word: str, other: str) -> None:
    assert differ_in_meaning(word, other)
    assert differ_in_meaning(other, word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("pretrainning", "pretraining"),
        ("mutimodal", "multimodal"),
        ("tranformer", "transformer"),
        ("embeding", "embedding"),
        ("imbedding", "embedding"),
        ("halucination", "hallucination"),
        ("mbedding", "embedding"),
    ],
)
def test_slips_of_the_pen_are_not(word: str, other: str) -> None:
    assert not differ_in_meaning(word, other)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("contex window", "context window"),
        ("fine tunning", "finetuning"),
        ("finetunning", "fine tuning"),
        ("large languge model", "large language model"),
    ],
)
def test_a_name_is_misspelt_word_by_word(said: str, meant: str) -> None:
    assert is_misspelt(said.split(), meant.split(), ENGLISH.__contains__)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("contest window", "context window"),
        ("phase 2 trial", "phase 1 trial"),
        ("phase trial", "phase 1 trial"),
        ("phase 1 1 trial", "phase 1 trial"),
        ("vitamin d", "vitamin c"),
        ("promt injection", "prompt engineering"),
        ("large modl", "large language model"),
        ("window context", "context window"),
    ],
)
def test_a_name_with_other_words_is_another_name(said: str, meant: str) -> None:
    assert not is_misspelt(said.split(), meant.split(), ENGLISH.__contains__)
