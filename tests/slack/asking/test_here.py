import pytest

from bot.slack.asking.here import Here, read_here


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("here", Here()),
        ("HERE ", Here()),
        ("here all", Here(all=True)),
        ("here every show", Here(all=True)),
        ("here off", Here(all=True)),
        ("here Practical AI", Here("Practical AI")),
        ("here “All Ears”.", Here("All Ears")),
    ],
)
def test_what_is_wanted_is_read(text: str, here: Here) -> None:
    assert read_here(text) == here


@pytest.mark.parametrize("text", ["", "hereafter", "where", "here is one: what is RAG?"])
def test_anything_else_is_a_question(text: str) -> None:
    assert read_here(text) is None
