"""A question in another language is told so in a line of that language; English never is."""

from collections.abc import Callable

import pytest

from bot.answers import NoAnswer
from bot.answers.question.languages import in_own_language

Decline = Callable[..., NoAnswer]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("was kostet eine Feinabstimmung in der Praxis?", "auf Englisch"),
        ("pourquoi faut-il vérifier chaque réponse soi-même ?", "en anglais"),
        ("¿cuánto cuesta entrenar un modelo así?", "en inglés"),
        ("トークンとは何ですか、教えてください", "英語"),
        ("что такое токен и зачем он нужен", "по-английски"),
    ],
)
def test_another_language_is_answered_in_itself(
    declined: Decline, question: str, line: str
) -> None:
    answer = declined(question)
    assert answer.reply.startswith("The episode doesn't say.")
    assert line in answer.reply


@pytest.mark.parametrize(
    "question",
    [
        "who won the world cup?",
        "book a table for two",
        "pls fix printer",
        "asdf qwer zxcv",
        "kubernetes helm charts",
        "quesadilla",
        "",
        "🎉🎉🎉🎉🎉🎉🎉🎉🎉",
        "?" * 5_000,
    ],
)
def test_english_and_what_is_no_language_get_no_line(question: str) -> None:
    assert in_own_language(question) is None
