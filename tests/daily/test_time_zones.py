from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.daily.time_zones import (
    elsewhere,
    find_zone,
    nearest_zones,
    places,
    possible_zones,
    shown,
)
from bot.daily.zone_tables import regions


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
    "words", ["", " ", "/", "tokio", "UTC+15", "east", "Korea", "Factory", "localtime", "../etc"]
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


@pytest.mark.parametrize(
    ("letters", "zone"),
    [
        *((letters, "America/New_York") for letters in ("EST", "EDT", "ET", "est", "E.S.T.")),
        *((letters, "America/Chicago") for letters in ("CST", "CDT", "CT")),
        *((letters, "America/Denver") for letters in ("MST", "MDT", "MT")),
        *((letters, "America/Los_Angeles") for letters in ("PST", "PDT", "PT", "Pacific")),
        ("Eastern Standard Time", "America/New_York"),
        ("US Pacific", "US/Pacific"),
        ("CEST", "CET"),
        ("JST", "Asia/Tokyo"),
        ("KST", "Asia/Seoul"),
        ("MSK", "Europe/Moscow"),
    ],
)
def test_an_abbreviation_is_the_clock_of_a_region_in_summer_and_in_winter(
    letters: str, zone: str
) -> None:
    assert find_zone(letters) == zone


def test_nine_est_is_nine_on_the_clocks_of_new_york_all_year() -> None:
    zone = ZoneInfo(find_zone("EST") or "")
    assert datetime(2026, 7, 15, 9, tzinfo=zone).astimezone(UTC).hour == 13
    assert datetime(2026, 1, 15, 9, tzinfo=zone).astimezone(UTC).hour == 14


@pytest.mark.parametrize(
    ("words", "zones"),
    [
        ("IST", ["Europe/Dublin", "Asia/Jerusalem", "Asia/Kolkata"]),
        ("bst", ["Europe/London", "Asia/Dhaka"]),
        ("AEST", ["Australia/Sydney", "Australia/Brisbane"]),
        ("China", ["Asia/Shanghai", "Asia/Urumqi"]),
        ("UTC+5:30", ["Asia/Kolkata", "Asia/Colombo"]),
    ],
)
def test_what_means_several_zones_is_none_of_them_but_offers_them(
    words: str, zones: list[str]
) -> None:
    assert find_zone(words) is None
    assert possible_zones(words) == zones


def test_a_country_of_many_clocks_offers_one_zone_of_each() -> None:
    offered = possible_zones("the United States")
    assert offered[:3] == ["America/New_York", "America/Chicago", "America/Denver"]
    assert len(offered) == 6


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("UTC+2", "Etc/GMT-2"),
        ("utc +2", "Etc/GMT-2"),
        ("GMT-3", "Etc/GMT+3"),
        ("UTC−3", "Etc/GMT+3"),
        ("+02:00", "Etc/GMT-2"),
        ("-0500", "Etc/GMT+5"),
        ("UTC+0", "UTC"),
    ],
)
def test_an_offset_in_hours_is_a_zone(words: str, zone: str) -> None:
    assert find_zone(words) == zone


@pytest.mark.parametrize("offset", ["UTC+2", "UTC-11"])
def test_an_offset_is_shown_as_it_was_typed(offset: str) -> None:
    assert shown(find_zone(offset) or "") == offset


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("India", "Asia/Kolkata"),
        ("Germany", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("South Korea", "Asia/Seoul"),
        ("Beijing", "Asia/Shanghai"),
        ("Beijing time", "Asia/Shanghai"),
        ("New Zealand", "Pacific/Auckland"),
    ],
)
def test_a_country_with_one_clock_is_read_and_so_is_what_the_database_calls_a_zone(
    words: str, zone: str
) -> None:
    assert find_zone(words) == zone


def test_what_an_american_abbreviation_means_elsewhere_is_known() -> None:
    assert "Asia/Shanghai" in elsewhere("CST")
    assert elsewhere("PST") == ["Asia/Manila"]
    assert elsewhere("ET") == elsewhere("IST") == []
