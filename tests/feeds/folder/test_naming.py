"""What folders are called, whatever a feed says."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.folder.naming import is_safe, names
from bot.feeds.model import Feed, Item

DAY = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
HASHED = r"-[0-9a-f]{6}"


def first(show: str, **more: object) -> str:
    """The nicest name of an item."""
    return next(names(Item("1", "Bread", **more), Feed(show)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("show", "more", "name"),
    [
        ("Kitchen Talks", {"number": 12}, "kitchen-talks-12"),
        ("Kitchen Talks", {"number": 0, "published": DAY}, "kitchen-talks-0"),
        ("Kitchen Talks", {"number": 12, "season": 2}, "kitchen-talks-s2-12"),
        ("Kitchen Talks", {"published": DAY}, "kitchen-talks-2026-11-05"),
        ("Café Größe & the Cook's ☕ Tea!", {"number": 1}, "cafe-groe-the-cooks-tea-1"),
        ("../../etc/passwd\0", {"number": 1}, "etc-passwd-1"),
        ("料理の話", {"number": 1}, "podcast-1"),
        ("word " * 50, {"number": 1}, "-".join(["word"] * 12) + "-1"),
        ("x" * 500, {"number": 1}, "x" * 60 + "-1"),
    ],
)
def test_a_folder_is_named_by_its_show_and_number_or_date(
    show: str, more: dict[str, object], name: str
) -> None:
    assert first(show, **more) == name


def test_without_number_and_date_a_hash_tells_episodes_apart() -> None:
    assert re.fullmatch(f"kitchen-talks{HASHED}", first("Kitchen Talks"))


def test_what_is_called_the_same_differs_by_its_guid() -> None:
    one, other = (list(names(Item(guid, "", number=1), Feed("A"))) for guid in "12")
    assert one[0] == other[0] == "a-1"
    assert not set(one[1:]) & set(other[1:])
    assert re.fullmatch(f"a-1{HASHED}", one[1])


@given(st.text(max_size=200), st.text(max_size=50), st.none() | st.integers(0, 999_999))
def test_every_name_is_safe(show: str, guid: str, number: int | None) -> None:
    for name in names(Item(guid, "", number=number), Feed(show)):
        assert is_safe(name)
        assert len(name) < 200


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../a", "a/b", "/a", ".a", "-a", "a\n", "a\0", "A", "ä", "a--b", "a b"]
)
def test_no_other_name_is(name: str) -> None:
    assert not is_safe(name)
