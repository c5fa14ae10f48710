"""Time zones by what people type for them. Pure, of the IANA database."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.daily.zone_tables import (
    clock,
    commented,
    countries,
    lettered,
    letters_of,
    one_a_clock,
    rows,
    zones_by_country,
)

UTC = "UTC"
_NO_PLACES = frozenset({"Factory", "localtime"})
_MARKS = re.compile(r"[^\w/+-]+")
# `EST` is a fixed offset in the database, and people mean the clocks of the place, summer too. Each
# abbreviation stands for the zone that Unicode's CLDR calls the zone's golden one:
# https://www.unicode.org/cldr/charts/latest/supplemental/metazones.html
_AMERICAN = {
    "E": "America/New_York",
    "C": "America/Chicago",
    "M": "America/Denver",
    "P": "America/Los_Angeles",
}
_AMERICAN_LETTERS = re.compile(r"([ECMP])[SD]?T")
_OFFSET = re.compile(r"(?:UTC|GMT)? ?(?P<sign>[-+−–])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
_FIXED = re.compile(r"Etc/GMT(?P<sign>[-+])(?P<hours>\d+)")
_KIND = re.compile(r"_(?:standard|daylight)(?:_time)?$|_time$")
# Chosen by hand: so many zones are a list that can be read; the United States have six clocks.
_MOST_MEANT = 6


def find_zone(words: str) -> str | None:
    """Return the IANA name of the one zone that words stand for; None for none or several.

    They may name a zone, a city, an abbreviation, an offset such as UTC+2, a country with one
    clock, or what the database says of a zone (Beijing, Pacific). Case, accents, dots, and spaces
    for underscores make no difference.
    """
    key = _KIND.sub("", _key(words))
    return (
        _american(words)
        or _names().get(key)
        or _names().get(key.replace("_", "/", 1))
        or _cities().get(key)
        or _only(possible_zones(words))
        or commented().get(_spaced(key))
    )


def possible_zones(words: str) -> Sequence[str]:
    """Return the zones that an abbreviation, an offset or a country may stand for."""
    if offset := _OFFSET.fullmatch(words.strip().upper()):
        return _at_offset(offset)
    if zones := lettered().get(_letters(words)):
        return _written_out(zones)
    code = _country_keys().get(_spaced(_key(words)).removeprefix("the "), "")
    return one_a_clock(zones_by_country().get(code, ()))[:_MOST_MEANT]


def elsewhere(words: str) -> Sequence[str]:
    """Return what an American abbreviation means outside the Americas: CST is China's too."""
    if not _american(words):
        return []
    return [zone for zone in lettered().get(_letters(words), ()) if not zone.startswith("America/")]


def nearest_zones(words: str, most: int = 3) -> list[str]:
    """Return the zones whose names, or whose cities, look most like the words."""
    key = _key(words)
    known = _keys() if "/" in key else {name: _city(k) for name, k in _keys().items()}
    found = process.extract(key, known, scorer=fuzz.ratio, limit=most, score_cutoff=60)
    return [name for _known, _score, name in found]


@cache
def places() -> tuple[str, ...]:
    """Return the zones that people live in, one name each, and UTC."""
    return (UTC, *sorted({row[2] for row in rows("zone.tab")}))


def shown(zone: str) -> str:
    """Return a zone's name as people read it: `America/New York`, `UTC+2`."""
    if fixed := _FIXED.fullmatch(zone):  # whose sign is the other way round
        return f"UTC{'-' if fixed['sign'] == '+' else '+'}{fixed['hours']}"
    return zone.replace("_", " ")


def _letters(words: str) -> str:
    """Return an abbreviation in capitals and without dots."""
    return words.strip().replace(".", "").upper()


def _american(words: str) -> str | None:
    found = _AMERICAN_LETTERS.fullmatch(_letters(words))
    return _AMERICAN[found[1]] if found else None


def _at_offset(found: re.Match[str]) -> Sequence[str]:
    """Return the zone of an offset in whole hours, else the places with that clock all year."""
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    west = found["sign"] != "+"
    if not minutes:
        name = f"Etc/GMT{'+' if west else '-'}{hours}" if hours else UTC
        return [name] if name in _names().values() else []
    away = timedelta(hours=hours, minutes=minutes) * (-1 if west else 1)
    every = {row[2]: clock(row[2]) for row in rows("zone1970.tab")}
    return [zone for zone, offsets in every.items() if set(offsets) == {away}][:_MOST_MEANT]


def _written_out(zones: Sequence[str]) -> Sequence[str]:
    """Return a zone for each clock; CET, if the database has it, for all those with CEST."""
    clocks = one_a_clock(zones)[:_MOST_MEANT]
    winter = letters_of(clocks[0])[0]
    return [winter] if len(clocks) == 1 and winter in available_timezones() else clocks


def _only(zones: Sequence[str]) -> str | None:
    return zones[0] if len(zones) == 1 else None


def _key(words: str) -> str:
    """Return the words without case, accents and dots, with underscores between them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _MARKS.sub("_", plain.replace(".", "").replace("'", "")).strip("_").lower()


def _spaced(key: str) -> str:
    return key.replace("_", " ")


def _city(key: str) -> str:
    return key.rpartition("/")[2]


@cache
def _country_keys() -> Mapping[str, str]:
    """Return the ISO code of each country by its names, written as keys are."""
    return {_spaced(_key(name)): code for name, code in countries().items()}


@cache
def _names() -> Mapping[str, str]:
    """Return every zone of the database by its key."""
    known = {name for name in available_timezones() if not name.startswith(("posix/", "right/"))}
    return {_key(name): name for name in sorted(known - _NO_PLACES)}


@cache
def _keys() -> Mapping[str, str]:
    """Return the key of every place."""
    return {name: _key(name) for name in places()}


@cache
def _cities() -> Mapping[str, str]:
    """Return the zone of each city that has one alone, be it under an old name of its own."""
    regions_of_cities = tuple(f"{place.partition('/')[0]}/" for place in places() if "/" in place)
    old = (name for name in _names().values() if name.startswith(regions_of_cities))
    return _alone(old) | _alone(places())


def _alone(zones: Iterable[str]) -> dict[str, str]:
    cities = defaultdict(set)
    for zone in zones:
        if "/" in zone:
            cities[_city(_key(zone))].add(zone)
    return {city: found.pop() for city, found in cities.items() if len(found) == 1}
