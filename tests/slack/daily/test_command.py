from datetime import time
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.daily.command import Now, Off, On, Open, Status, Unclear, Wish, read_daily


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("daily", Open()),
        (" Daily ", Open()),
        ("daily off", Off()),
        ("DAILY OFF!", Off()),
        ("daily status", Status()),
        ("daily now", Now()),
        ("daily on", On()),
    ],
)
def test_the_words_stand_for_what_is_wanted(text: str, wish: Wish) -> None:
    assert read_daily(text) == wish


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("at 17:05", time(17, 5)),
        ("9am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("9:30 P.M.", time(21, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("21h", time(21)),
        ("9h30", time(9, 30)),
        ("18 Uhr", time(18)),
        ("12 noon", time(12)),
        ("12 midnight", time(0)),
    ],
)
def test_times_are_read_as_people_write_them(text: str, at: time) -> None:
    assert read_daily(f"daily on {text}") == On(local_time=at)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("weekdays", True),
        ("on weekdays", True),
        ("every weekday", True),
        ("Mon-Fri", True),
        ("every day", False),
        ("Every Day", False),
        ("daily", False),
    ],
)
def test_days_are_read(text: str, weekdays: bool) -> None:  # noqa: FBT001 - the expectation
    assert read_daily(f"daily on {text}") == On(weekdays=weekdays)


@pytest.mark.parametrize(
    "text",
    [
        "9:30 New York every day",
        "every day 9:30 new_york",
        "America/New_York, every day, at 9:30",
        "every day at 9.30 in New York time",
    ],
)
def test_the_parts_come_in_any_order(text: str) -> None:
    assert read_daily(f"daily on {text}") == On(time(9, 30), "America/New_York", weekdays=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25:00", "25:00"),
        ("13pm", "13pm"),
        ("9:61", "9:61"),
        ("9 10", "10"),
        ("9 berlin weekdys", "weekdys"),
        ("9 UTC+15", "UTC+15"),
        ("9 <!channel>", "<!channel>"),
        ("a budget, can I use RAG?", "a budget can I use RAG?"),
        ("weekdays every day", "every day"),
    ],
)
def test_what_is_not_understood_is_named(text: str, words: str) -> None:
    wish = read_daily(f"daily on {text}")
    assert isinstance(wish, Unclear)
    assert wish.words == words


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("9 EST", "America/New_York"),
        ("9 am Pacific time", "America/Los_Angeles"),
        ("9 UTC+2", "Etc/GMT-2"),
        ("9 UTC +2", "Etc/GMT-2"),
        ("9 +02:00", "Etc/GMT-2"),
        ("at 9 in Germany", "Europe/Berlin"),
        ("9 Beijing time", "Asia/Shanghai"),
    ],
)
def test_zones_are_read_as_people_write_them(text: str, zone: str) -> None:
    assert read_daily(f"daily on {text}") == On(time(9), zone)


def test_an_abbreviation_of_several_zones_is_unclear_and_names_them() -> None:
    zones = ("Europe/Dublin", "Asia/Jerusalem", "Asia/Kolkata")
    assert read_daily("daily on 9 IST") == Unclear("IST", zones, ambiguous=True)


def test_an_american_abbreviation_keeps_what_it_means_elsewhere() -> None:
    wish = read_daily("daily on 9 CST")
    assert isinstance(wish, On)
    assert (wish.zone, wish.letters) == ("America/Chicago", "CST")
    assert "Asia/Shanghai" in wish.others


def test_for_a_zone_that_is_mistyped_the_nearest_are_offered() -> None:
    wish = read_daily("daily on 9 Berln")
    assert isinstance(wish, Unclear)
    assert wish.zones[0] == "Europe/Berlin"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what is daily use of RAG?",
        "daily standups with an LLM?",
        "daily on-call bots?",
        "daily off please",
        "dailyon",
        "daily status of hallucinations?",
    ],
)
def test_anything_else_is_a_question(text: str) -> None:
    assert read_daily(text) is None


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_or_named(text: str) -> None:
    assert isinstance(read_daily(f"daily on {text}"), On | Unclear)


def test_a_long_wish_is_read_as_soon_as_a_short_one() -> None:
    began = perf_counter()
    assert isinstance(read_daily("daily on " + "a " * 20_000), Unclear)
    assert perf_counter() - began < 2  # it was five seconds
