"""Which episodes a message names, and what is left to ask of them."""

import pytest

from bot.answers.question.scope import Scope, other_than, scope
from bot.episodes import Entry

ENTRIES = (
    Entry("bees-1", "bees-1.vtt", 1, "Bees", "Garden Talk", hosts=("Ada Park", "Ben Ortiz")),
    Entry("python", "python.vtt", None, "Python", "Code Talk", hosts=("Ben Ortiz",)),
    Entry("show/tea-2", "show/tea-2.vtt", 2, "Tea", "Kitchen Talks", hosts=("Ben Ortiz",)),
    Entry("code-2", "code-2.vtt", 2, "Code", "Code Talk", hosts=("Ben Ortiz", "Cy Lund")),
)


@pytest.mark.parametrize(
    ("message", "rest", "among"),
    [
        ("what do bees like in episode 1?", "what do bees like?", (0,)),
        ("how long is episode 1?", "how long is the episode?", (0,)),
        ("episode 1", "episode", (0,)),
        ("what is new in the newest?", "what is new?", (3,)),
        ("what is new in the latest episode?", "what is new?", (3,)),
        ("how long is the newest episode?", "how long is the episode?", (3,)),
        ("why tea in show/tea-2?", "why tea", (2,)),
        ("what did they say about honey with Ada Park?", "what did they say about honey?", (0,)),
        ("what did they say, with Ada?", "what did they say?", (0,)),
    ],
)
def test_an_episode_that_is_named_is_meant(message: str, rest: str, among: tuple[int, ...]) -> None:
    assert scope(message, ENTRIES) == Scope(rest, among)


@pytest.mark.parametrize(
    "message",
    [
        "what did they say about the cost of the latest models?",
        "what do they think of the newest iPhone?",
        "How do I write good tests in python?",
        "what is wrong with Ben?",
        "what was in the last episode?",
        "",
    ],
)
def test_what_only_sounds_like_an_episode_is_left_alone(message: str) -> None:
    assert scope(message, ENTRIES) == Scope(message)


def test_a_number_of_two_episodes_or_of_none_is_told() -> None:
    assert scope("why in episode 2?", ENTRIES) == Scope("why?", (2, 3), 2)
    assert scope("why in episode 7?", ENTRIES) == Scope("why?", (), 7)


CODE_TALK = (1, 3)


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("what do bees like?", Scope("what do bees like?", first=CODE_TALK)),
        # A number that two shows have is that of the preferred one.
        ("what is new in episode 2?", Scope("what is new?", (3,))),
        ("what is new in the newest?", Scope("what is new?", (3,))),
        # What only another show has is that one's.
        ("what do bees like in episode 1?", Scope("what do bees like?", (0,))),
        ("why tea in show/tea-2?", Scope("why tea", (2,))),
        ("what is new in episode 9?", Scope("what is new?", (), 9)),
    ],
)
def test_what_a_message_names_is_looked_for_in_the_preferred_show_first(
    message: str, wanted: Scope
) -> None:
    assert scope(message, ENTRIES, CODE_TALK) == wanted


def test_the_newest_of_an_older_show_is_its_own() -> None:
    assert scope("what is new in the newest?", ENTRIES, (0,)).among == (0,)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("what is new in episode 2?", 3),  # that of the show
        ("what is new in episode 1?", 0),  # of another show, where this one has none
        ("why tea in show/tea-2?", 2),
        ("what is new in the newest?", None),
        ("what is new?", None),
    ],
)
def test_below_an_episode_the_one_that_is_named_is_meant(message: str, place: int | None) -> None:
    found = other_than(1, message, ENTRIES, CODE_TALK)
    assert (found and found.among) == (None if place is None else (place,))
    assert found is None or found.number is None


def test_an_episode_that_is_named_below_itself_is_no_other() -> None:
    assert other_than(3, "what is new in episode 2?", ENTRIES, CODE_TALK) is None


@pytest.mark.parametrize(
    ("at", "message", "among"),
    [
        (1, "what is new in episode 9?", ()),  # nobody's
        (0, "what is new in episode 2?", (2, 3)),  # of two other shows
    ],
)
def test_below_an_episode_a_number_that_is_not_its_own_is_never_taken_for_it(
    at: int, message: str, among: tuple[int, ...]
) -> None:
    found = other_than(at, message, ENTRIES, (at,))
    assert found == Scope("what is new?", among, 9 if not among else 2)
