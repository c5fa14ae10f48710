"""What the IANA database says of its zones besides their names: countries, comments, letters.

The tables are those of the `tzdata` package, and `YEAR` is the year of its edition.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from zoneinfo import ZoneInfo

Clock = tuple[timedelta | None, ...]
YEAR = int(version("tzdata").partition(".")[0])
# Winter and summer, on both halves of the globe: no country changes its clocks in these weeks.
_SEASONS = (datetime(YEAR, 1, 15), datetime(YEAR, 7, 15))  # noqa: DTZ001 - the wall clock's
# Two meanings that the database leaves out: it names these zones by numbers alone.
# https://en.wikipedia.org/wiki/List_of_time_zone_abbreviations
_ALSO = {"BST": ("Asia/Dhaka",), "GST": ("Asia/Dubai",)}
# `Korea (South)` is called South Korea.
_COUNTRY = re.compile(r"(?P<name>[^()]+) \((?P<direction>North|South)\)")
# `Eastern (most areas)`, `Beijing Time`, `most of Germany`: the words that name no place.
_BESIDE = re.compile(r"\([^()]*\)| time$|^most of ", re.IGNORECASE)
# What people call countries beside their names in the table; chosen by hand.
_CALLED = {
    "america": "US",
    "britain": "GB",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "scotland": "GB",
    "uae": "AE",
    "uk": "GB",
    "united kingdom": "GB",
    "us": "US",
    "usa": "US",
    "wales": "GB",
}


@cache
def zones_by_country() -> Mapping[str, tuple[str, ...]]:
    """Return the zones of each country by its ISO code, those that stand for others first."""
    found = defaultdict(list)
    for row in rows("zone.tab"):
        found[row[0]].append(row[2])
    return {code: tuple(sorted(zones, key=_stands_back)) for code, zones in found.items()}


@cache
def countries() -> Mapping[str, str]:
    """Return the ISO code of each country by its names, in small letters."""
    return {_country(row[1]).lower(): row[0] for row in rows("iso3166.tab")} | _CALLED


@cache
def commented() -> Mapping[str, str]:
    """Return the zone of each comment of the database that no other zone has: `beijing`."""
    found = defaultdict(set)
    for row in rows("zone1970.tab"):
        for comment in row[3:]:
            found[_BESIDE.sub("", comment).strip().lower()].add(row[2])
    return {comment: zones.pop() for comment, zones in found.items() if len(zones) == 1}


@cache
def lettered() -> Mapping[str, tuple[str, ...]]:
    """Return the zones whose clocks bear an abbreviation, such as IST, in winter or summer."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for zone in sorted((row[2] for row in rows("zone1970.tab")), key=_stands_back):
        for letters in filter(str.isalpha, letters_of(zone)):
            found[letters][zone] = None
    for letters, zones in _ALSO.items():
        found[letters] |= dict.fromkeys(zones)
    return {letters: tuple(zones) for letters, zones in found.items()}


@cache
def letters_of(zone: str) -> tuple[str, ...]:
    """Return what the clocks of a zone are called, in winter and in summer."""
    return tuple(season.replace(tzinfo=ZoneInfo(zone)).tzname() or "" for season in _SEASONS)


@cache
def clock(zone: str) -> Clock:
    """Return how far a zone is from UTC, in winter and in summer."""
    return tuple(season.replace(tzinfo=ZoneInfo(zone)).utcoffset() for season in _SEASONS)


def one_a_clock(zones: Iterable[str]) -> list[str]:
    """Return the first of the zones that share a clock."""
    first: dict[Clock, str] = {}
    for zone in zones:
        first.setdefault(clock(zone), zone)
    return list(first.values())


def rows(table: str) -> list[list[str]]:
    """Return the rows of one of the database's tables, without its comments."""
    text = files("tzdata").joinpath("zoneinfo", table).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def regions(zones: Iterable[str], most: int) -> dict[str, list[str]]:
    """Return zones in order under the names of their regions, at most so many under one name.

    A region of more has several names, which say from where to where each reaches.
    """
    grouped: dict[str, list[str]] = {}
    for region, names in groupby(sorted(zones), key=lambda name: name.partition("/")[0]):
        members = list(names)
        if len(members) <= most:
            grouped[region] = members
            continue
        parts = -(-len(members) // most)
        size = -(-len(members) // parts)
        for part in (members[at : at + size] for at in range(0, len(members), size)):
            first, last = (name.replace("_", " ").split("/", 1)[1] for name in (part[0], part[-1]))
            grouped[f"{region}, {first} to {last}"] = part
    return grouped


@cache
def _stand_for_others() -> frozenset[str]:
    """Return the one zone of each clock that the database advises people to choose from."""
    return frozenset(row[2] for row in rows("zonenow.tab"))


def _stands_back(zone: str) -> bool:
    return zone not in _stand_for_others()


def _country(name: str) -> str:
    found = _COUNTRY.fullmatch(name)
    return f"{found['direction']} {found['name']}" if found else name
