"""A question of a thread, as the reader gets it."""

import pytest

from tests.training.threads import in_thread


@pytest.mark.parametrize(
    ("question", "history", "asked"),
    [
        ("what does tea cost?", [], "what does tea cost?"),
        ("why?", ["is the night train late?"], "why? night train late"),
        ("what does it cost?", ["what is tea?"], "what does tea cost?"),
        ("and that?", ["what is tea?", "who picks leaves?"], "and tea picks leaves?"),
    ],
)
def test_what_a_question_points_at_stands_in_its_place(
    question: str, history: list[str], asked: str
) -> None:
    assert in_thread(question, history) == asked
