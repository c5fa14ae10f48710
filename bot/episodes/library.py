"""A library: episodes in order, each read when it is looked at, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from bot.episodes.model import Episode
from bot.errors import Fault


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an episode before it is read again.

    `key` names all that it was read from, and how; it is empty for one that was read from nowhere.
    `date` is `YYYY-MM-DD`. `hosts` are the names of those who speak. `turns`, `takeaways` and
    `terms` are how many there are. `link` and `audio` are the addresses of its page and of its
    recording, `seconds` is how long it is by the times of its transcript; None where not known.
    """

    slug: str
    source: str
    number: int | None
    title: str
    show: str
    date: str | None = None
    hosts: tuple[str, ...] = ()
    turns: int = 0
    takeaways: int = 0
    terms: int = 0
    digest: str = ""
    key: str = ""
    link: str | None = None
    audio: str | None = None
    seconds: int | None = None

    @classmethod
    def of(cls, episode: Episode, key: str = "") -> Self:
        """Return the entry of an episode."""
        return cls(
            slug=episode.slug,
            source=episode.source,
            number=episode.number,
            title=episode.title,
            show=episode.show,
            date=episode.date,
            hosts=tuple(host.name for host in episode.hosts),
            turns=len(episode.turns),
            takeaways=len(episode.takeaways),
            terms=len(episode.terms),
            digest=episode.digest,
            key=key,
            link=episode.link,
            audio=episode.audio,
            seconds=episode.seconds,
        )

    @property
    def label(self) -> str:
        """Return what listeners call it: `Episode 2: Large Language Models Deep Dive`."""
        return self.title if self.number is None else f"Episode {self.number}: {self.title}"


class Library:
    """The episodes that could be read, the newest last, and the faults of those that could not.

    `episodes` may read each when it is looked at; `entries` tell of them before. `warnings` are
    what was read otherwise than it is written.
    """

    def __init__(
        self,
        episodes: Sequence[Episode],
        faults: Sequence[Fault] = (),
        entries: Sequence[Entry] | None = None,
        warnings: Sequence[Fault] = (),
    ) -> None:
        self.episodes, self.faults, self.warnings = episodes, tuple(faults), tuple(warnings)
        self.entries = tuple(map(Entry.of, episodes) if entries is None else entries)

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Return the names of those who speak in at least half of the episodes of a show."""
        shows: dict[str, list[Entry]] = {}
        for one in self.entries:
            shows.setdefault(one.show, []).append(one)
        return frozenset(
            name
            for entries in shows.values()
            for name in {name for one in entries for name in one.hosts}
            if 2 * sum(name in one.hosts for one in entries) >= len(entries)
        )

    def place(self, slug: str) -> int | None:
        """Return the place of an episode, from 0; None if there is none of that slug."""
        return self._places.get(slug)

    @property
    def shows(self) -> Sequence[str]:
        """Return the names of the shows that have one, by the alphabet."""
        return sorted(filter(None, self._shows), key=str.casefold)

    def of_show(self, show: str) -> tuple[int, ...]:
        """Return the places of a show's episodes; none for one that is not there."""
        return self._shows.get(show, ()) if show else ()

    @cached_property
    def _shows(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, list[int]] = {}
        for at, one in enumerate(self.entries):
            places.setdefault(one.show, []).append(at)
        return {show: tuple(found) for show, found in places.items()}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.slug: at for at, one in enumerate(self.entries)}
