"""What a card says of a new episode, gathered from what was read of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.answers import Answerer, Quote
from bot.episodes import Entry, Episode
from bot.episodes.listening import clock
from bot.episodes.titles import display_titles

_FEWEST_CHAPTERS = 2  # one is the whole episode
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of an episode; `time` is when it begins, such as `1:02:03`, or empty."""

    title: str
    time: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of an episode.

    `length` is how long it is, in words, or empty. `people` are those who speak, each with their
    role if it is known. `quotes` are up to three, where it has no `chapters`.
    """

    entry: Entry
    length: str
    people: tuple[str, ...]
    chapters: tuple[Chapter, ...] = ()
    quotes: tuple[Quote, ...] = ()


def card_of(entry: Entry, answerer: Answerer) -> Card | None:
    """Return the card of an episode; None if it has gone meanwhile."""
    library = answerer.library
    at = library.place(entry.slug)
    if at is None:
        return None
    episode = library.episodes[at]
    people = tuple(
        f"{host.name} ({host.role})" if host.role else host.name for host in episode.hosts
    )
    chapters = tuple(_chapters(episode))
    if len(chapters) >= _FEWEST_CHAPTERS:
        return Card(entry, _length(episode), people, chapters)
    # The card says of which episode they are.
    quotes = tuple(replace(one, one_of_several=False) for one in answerer.gist(entry.slug))
    return Card(entry, _length(episode), people, quotes=quotes)


def _chapters(episode: Episode) -> Iterator[Chapter]:
    """Yield the parts that have a title, with when their first turn begins."""
    titles = display_titles(episode)
    begins: dict[int, int] = {}
    for turn in episode.turns:
        said = episode.timeline.at(turn.paragraphs[0]) if turn.paragraphs else None
        if said and said.since is not None:
            begins.setdefault(turn.segment, said.since)
    for at, segment in enumerate(episode.segments):
        if segment.title:
            time = clock(begins[at] / 1_000) if at in begins else ""
            yield Chapter(titles[segment.title], time)


def _length(episode: Episode) -> str:
    """Return how long it is, by its times, else as it says itself."""
    if episode.seconds:
        hours, minutes = divmod(max(1, round(episode.seconds / _MINUTE)), _MINUTE)
        return f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return episode.words(episode.duration) if episode.duration else ""
