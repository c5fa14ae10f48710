"""`/llm listen …`: what a person wants."""

import pytest

from bot.slack.listening.command import Wish, read_listen


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("listen", Wish.STATUS),
        ("listen status", Wish.STATUS),
        (" Listen ON ", Wish.ON),
        ("listen on.", Wish.ON),
        ("listen\toff!", Wish.OFF),
    ],
)
def test_what_is_wanted_is_read(text: str, wish: Wish) -> None:
    assert read_listen(text) is wish


@pytest.mark.parametrize(
    "text",
    ["", "listening", "listen to episode 2", "listen on Mondays to what?", "who should listen"],
)
def test_anything_else_is_a_question(text: str) -> None:
    assert read_listen(text) is None
