"""Time zones by the names that people type for them. Pure, of the IANA database."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

UTC = "UTC"
_NO_PLACES = frozenset({"Factory", "localtime"})
_MARKS = re.compile(r"[^\w/+-]+")


def find_zone(words: str) -> str | None:
    """The IANA name of a zone, or of the one zone of a city; None where it is none or several.

    Case, accents, dots, and spaces for underscores make no difference.
    """
    key = _key(words)
    return _names().get(key) or _cities().get(key)


def nearest_zones(words: str, most: int = 3) -> list[str]:
    """The zones whose names, or whose cities, look most like the words."""
    key = _key(words)
    known = _keys() if "/" in key else {name: _city(k) for name, k in _keys().items()}
    found = process.extract(key, known, scorer=fuzz.ratio, limit=most, score_cutoff=60)
    return [name for _known, _score, name in found]


@cache
def places() -> tuple[str, ...]:
    """The zones that people live in, one name each, and UTC."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return (UTC, *sorted({row[2] for row in rows}))


def regions(zones: Iterable[str], most: int) -> dict[str, list[str]]:
    """Zones in order under the names of their regions, at most so many under one name.

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
            first, last = (shown(name).split("/", 1)[1] for name in (part[0], part[-1]))
            grouped[f"{region}, {first} to {last}"] = part
    return grouped


def shown(zone: str) -> str:
    """A zone's name as people read it."""
    return zone.replace("_", " ")


def _key(words: str) -> str:
    """The words without case, accents and dots, with underscores between them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _MARKS.sub("_", plain.replace(".", "").replace("'", "")).strip("_").lower()


def _city(key: str) -> str:
    return key.rpartition("/")[2]


@cache
def _names() -> Mapping[str, str]:
    """Every zone of the database, by its key."""
    known = {name for name in available_timezones() if not name.startswith(("posix/", "right/"))}
    return {_key(name): name for name in sorted(known - _NO_PLACES)}


@cache
def _keys() -> Mapping[str, str]:
    """The key of every place."""
    return {name: _key(name) for name in places()}


@cache
def _cities() -> Mapping[str, str]:
    """The zone of each city that has one alone; its old names too, where no other city has them."""
    regions_of_cities = tuple(f"{place.partition('/')[0]}/" for place in places() if "/" in place)
    old = (name for name in _names().values() if name.startswith(regions_of_cities))
    return _alone(old) | _alone(places())


def _alone(zones: Iterable[str]) -> dict[str, str]:
    cities = defaultdict(set)
    for zone in zones:
        if "/" in zone:
            cities[_city(_key(zone))].add(zone)
    return {city: found.pop() for city, found in cities.items() if len(found) == 1}
