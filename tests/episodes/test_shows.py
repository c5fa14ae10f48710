import pytest

from bot.episodes.shows import find_show, near_shows

SHOWS = ["Café Code", "Changelog News", "Practical AI", "The Changelog", "The Podcast"]


@pytest.mark.parametrize(
    ("words", "show"),
    [
        ("The Changelog", "The Changelog"),
        ("changelog", "The Changelog"),  # though another show's name holds it
        ("the changelog podcast", "The Changelog"),
        ("CHANGELOG NEWS", "Changelog News"),
        ("news", "Changelog News"),
        ("practical-ai", "Practical AI"),
        ("cafe code", "Café Code"),
        ("podcast", "The Podcast"),
    ],
)
def test_a_show_is_found_by_what_people_call_it(words: str, show: str) -> None:
    assert find_show(words, SHOWS) == show


@pytest.mark.parametrize("words", ["", "...", "chang", "Serial", "code news", "ai ai"])
def test_what_stands_for_none_or_several_finds_none(words: str) -> None:
    assert find_show(words, SHOWS) is None


def test_two_shows_of_the_same_words_are_told_apart_by_their_letters_alone() -> None:
    shows = ["Go Time", "Go, Time!"]
    assert find_show("go time", shows) is None
    assert find_show("Go, Time!", shows) == "Go, Time!"


def test_a_word_of_several_shows_stands_for_none() -> None:
    assert find_show("talks", ["Garden Talks", "Kitchen Talks"]) is None


def test_the_near_ones_are_named_the_nearest_first() -> None:
    assert near_shows("chanelog", SHOWS)[0] == "The Changelog"
    assert near_shows("Practcal AI", SHOWS)[0] == "Practical AI"
    assert near_shows("zzyzx", SHOWS) == []
    assert near_shows("anything", []) == []
    assert len(near_shows("talks", [f"{name} Talks" for name in "ABCDE"])) == 3
