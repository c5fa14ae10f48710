import pytest

from bot.slack.announcing.command import Off, On, Open, Status, Wish, read_new


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("new", Open()),
        (" NEW ", Open()),
        ("new on", On()),
        ("new on.", On()),
        ("new on all", On()),
        ("new on for every show", On()),
        ("new on Practical AI", On("Practical AI")),
        ("new On “The Changelog”", On("The Changelog")),
        ("new on\nall ears", On("all ears")),
        ("new off", Off()),
        ("new Off!", Off()),
        ("new status", Status()),
    ],
)
def test_what_is_wanted_is_read(text: str, wish: Wish) -> None:
    assert read_new(text) == wish


@pytest.mark.parametrize(
    "text",
    ["", "newest", "new models?", "new offers", "what is new", "new onboarding tips", "news"],
)
def test_anything_else_is_a_question(text: str) -> None:
    assert read_new(text) is None
