"""Which episodes a question is about, if it says so: `in episode 2`, `the newest`, `with Ada`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.episodes import Entry

_IN = r"(?:\s*,)?\s*\b(?:in|from|on|of|during|within)\s+(?:the\s+)?"
_NUMBER = re.compile(
    rf"(?P<phrase>{_IN})?(?:\bthe\s+)?\b(?:episode|ep)\.?\s?#?(?P<number>\d{{1,4}})\b",
    re.IGNORECASE,
)
_NEW = r"(?:newest|latest|most recent)"
_NEWEST = re.compile(
    rf"(?P<phrase>{_IN}){_NEW}(?:\s+(?:episode|one|show|podcast)\b|(?=\s*[?!.]*\s*$))"
    rf"|(?:\bthe\s+)?\b{_NEW}\s+(?:episode|show|podcast)\b",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"(?P<said>{_IN}(?:episode|one|show|interview|conversation|talk|chat)\s+|\s*,\s*|\s+)"
    r"with\s+(?P<name>[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,3})\s*[?!.]*\s*$",
    re.IGNORECASE,
)
# What only a file's name holds: `in python` may be about the language, `in python-3` is not.
_TELLING = re.compile(r"[\d/_-]")
# Chosen by hand: "what works with Ada" may be about her; a longer question ends with whom.
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """What a message asks in which episodes.

    `rest` is the message without the words that say so. `among` are places in the library, None
    where all are meant; `first` are then those that are preferred. `number` is set where a number
    is said that `among` has not exactly one of.
    """

    rest: str
    among: tuple[int, ...] | None = None
    number: int | None = None
    first: tuple[int, ...] = ()


def scope(message: str, entries: Sequence[Entry], preferred: Sequence[int] = ()) -> Scope:
    """Return which of a library's episodes a message is about.

    A message that says so means the episode of those `preferred`, by their places in the library,
    where one of them is what it says.
    """
    whole = _scope(message, entries)
    if not preferred:
        return whole
    if whole.among is None:
        return replace(whole, first=tuple(preferred))
    own = _scope(message, [entries[at] for at in preferred])
    if own.among and own.number is None:
        return replace(own, among=tuple(preferred[at] for at in own.among))
    return whole


def other_than(
    at: int, message: str, entries: Sequence[Entry], show: Sequence[int]
) -> Scope | None:
    """Return the one other episode that a message about an episode names by number or slug.

    `at` is the place of the episode that it is about, `show` are those of its show, one of which is
    meant if several bear the number. `number` is set where another number is named, and no episode
    bears it, or several of other shows. None where the message names no other one.
    """
    for places in (show, range(len(entries))):
        among = [entries[place] for place in places]
        for found in filter(None, (_by_slug(message, among), _by_number(message, among))):
            if found.among and len(found.among) == 1 and places[found.among[0]] != at:
                return replace(found, among=(places[found.among[0]],))
    doubt = _by_number(message, entries)
    return doubt if doubt and doubt.number not in (None, entries[at].number) else None


def _scope(message: str, entries: Sequence[Entry]) -> Scope:
    for found in (_by_slug, _by_number, _by_age, _by_name):
        if scoped := found(message, entries):
            return scoped
    return Scope(message)


def _by_slug(message: str, entries: Sequence[Entry]) -> Scope | None:
    bare = message.rstrip(" ?!.")
    if " in " not in bare:
        return None
    found = [
        (f" in {entry.slug}", at)
        for at, entry in enumerate(entries)
        if message.endswith(f" in {entry.slug}") or bare.endswith(f" in {entry.slug}")
        if _TELLING.search(entry.slug)
    ]
    if not found:
        return None
    end, at = max(found, key=lambda one: len(one[0]))  # a slug may hold another one
    return Scope(message[: message.rindex(end)], (at,))


def _by_number(message: str, entries: Sequence[Entry]) -> Scope | None:
    said = list(_NUMBER.finditer(message))
    numbers = {int(one["number"]) for one in said}
    if not numbers:
        return None
    among = tuple(at for at, one in enumerate(entries) if one.number in numbers)
    rest = _NUMBER.sub(lambda one: "" if one["phrase"] else "the episode", message).strip()
    rest = "episode" if rest == "the episode" else rest
    doubtful = len(numbers) == 1 and len(among) != 1
    return Scope(rest, among, min(numbers) if doubtful or not among else None)


def _by_age(message: str, entries: Sequence[Entry]) -> Scope | None:
    rest, count = _NEWEST.subn(lambda one: "" if one["phrase"] else "the episode", message)
    return Scope(rest, (len(entries) - 1,)) if count and entries and rest.strip(" ?!.") else None


def _by_name(message: str, entries: Sequence[Entry]) -> Scope | None:
    found = _WITH.search(message)
    if not found or len(entries) < 2:  # noqa: PLR2004 - of one episode nothing is left to choose
        return None
    name = " ".join(found["name"].split()).casefold()
    among = tuple(at for at, one in enumerate(entries) if name in map(str.casefold, _known(one)))
    bare = not found["said"].strip()
    if not among or (bare and not _is_guest(message[: found.start()], among, entries)):
        return None
    return Scope(message[: found.start()] + "?", among)


def _is_guest(before: str, among: Sequence[int], entries: Sequence[Entry]) -> bool:
    """Return whether somebody speaks in few episodes, and a whole question stands before them."""
    return 2 * len(among) < len(entries) and len(before.split()) >= _FEWEST_WORDS


def _known(entry: Entry) -> Iterator[str]:
    """Yield the names of those who speak, and the first names that only one of them has."""
    yield from entry.hosts
    firsts = Counter(name.partition(" ")[0] for name in entry.hosts)
    yield from (first for first, count in firsts.items() if count == 1)
