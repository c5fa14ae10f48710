from zoneinfo import ZoneInfo

import pytest

from bot.daily.time_zones import find_zone, nearest_zones, places, regions, shown


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/BERLIN", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("St. John's", "America/St_Johns"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("port-au-prince", "America/Port-au-Prince"),
        ("calcutta", "Asia/Calcutta"),
        ("US/Pacific", "US/Pacific"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
        ("Japan", "Japan"),
    ],
)
def test_a_zone_is_found_by_its_name_or_its_city(words: str, zone: str) -> None:
    assert find_zone(words) == zone


@pytest.mark.parametrize(
    "words", ["", " ", "/", "tokio", "UTC+2", "east", "pacific", "Factory", "localtime", "../etc"]
)
def test_what_is_no_zone_is_none(words: str) -> None:
    assert find_zone(words) is None


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("tokio", "Asia/Tokyo"),
        ("Berln", "Europe/Berlin"),
        ("Europ/Berlin", "Europe/Berlin"),
        ("new yrok", "America/New_York"),
    ],
)
def test_the_nearest_zone_is_offered_first(words: str, zone: str) -> None:
    assert nearest_zones(words)[0] == zone


def test_what_looks_like_no_zone_has_no_nearest() -> None:
    assert nearest_zones("25:00") == []


def test_every_place_is_a_zone_that_its_own_name_finds() -> None:
    assert all(ZoneInfo(zone) for zone in places())
    assert all(find_zone(zone) == zone == find_zone(shown(zone)) for zone in places())


def test_every_place_stands_in_one_region_of_at_most_so_many() -> None:
    grouped = regions(places(), 100)
    assert sorted(zone for zones in grouped.values() for zone in zones) == sorted(places())
    assert max(map(len, grouped.values())) <= 100
    assert "America, Adak to Indiana/Vincennes" in grouped
