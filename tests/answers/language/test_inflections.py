"""Words that are inflections of one base form."""

import pytest

from bot.answers.language.inflections import inflections


def are_one(word: str, other: str) -> bool:
    return not set(inflections(word)).isdisjoint(inflections(other))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("llm", "llms"),
        ("window", "windows"),
        ("policy", "policies"),
        ("finetuning", "finetune"),
        ("tokenization", "tokenise"),
        ("tokenizing", "tokenization"),
        ("hallucination", "hallucinates"),
        ("planned", "planning"),
        ("analysis", "analyses"),
    ],
)
def test_inflections_have_a_base_form_in_common(word: str, other: str) -> None:
    assert are_one(word, other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("universe", "university"),
        ("organ", "organization"),
        ("police", "policy"),
        ("experience", "experiment"),
        ("communication", "communist"),
        ("transform", "transformer"),
        ("agent", "agency"),
        ("k8s", "k8"),
        ("proces", "process"),
    ],
)
def test_words_that_only_share_a_stem_have_none(word: str, other: str) -> None:
    assert not are_one(word, other)
