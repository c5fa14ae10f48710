"""Dates, lengths and names as a page says them."""

import pytest

from bot.episodes import Entry
from bot.web.pages.wording import day, facts, length, site_name, unturned


@pytest.mark.parametrize(
    ("told", "said"),
    [("2024-05-07", "7 May 2024"), ("2024-13-45", "2024-13-45"), ("", ""), (None, "")],
)
def test_days_are_said(told: str | None, said: str) -> None:
    assert day(told) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, ""),
        (0, ""),
        (5, "1 min"),
        (59 * 60 + 40, "1 h"),
        (3_840, "1 h 4 min"),
        (120, "2 min"),
    ],
)
def test_lengths_are_said(seconds: int | None, said: str) -> None:
    assert length(seconds) == said


def entry(show: str) -> Entry:
    return Entry("a", "a.vtt", 3, "Tea", show, date="2024-05-07", seconds=3_600)


def test_the_line_beside_a_title_says_what_is_known() -> None:
    assert facts(entry("Talks"), show=True) == "Talks · Episode 3 · 7 May 2024 · 1 h"
    assert facts(entry("Talks"), show=False, number=False) == "7 May 2024 · 1 h"
    assert facts(Entry("a", "a.vtt", None, "Tea", ""), show=True) == ""


@pytest.mark.parametrize(
    ("shows", "name"),
    [(["Talks", "Talks"], "Talks"), (["Talks", "Tales"], "Podcasts"), ([], "Podcasts"),
     ([""], "Podcasts")],
)  # fmt: skip
def test_a_library_of_one_show_is_called_by_it(shows: list[str], name: str) -> None:
    assert site_name(list(map(entry, shows))) == name


def test_a_title_turns_nothing_behind_it() -> None:
    assert unturned("a\u202eb\u2066c\u200f") == "abc"
    assert facts(entry("T\u202ealks"), show=True) == "Talks · Episode 3 · 7 May 2024 · 1 h"
