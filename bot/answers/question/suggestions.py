"""What a library surely answers, to be asked where nothing was found or nothing was asked."""

from collections.abc import Iterator
from functools import lru_cache

from bot.episodes import Episode, Library

TAKEAWAYS, SEGMENTS, EPISODES, DEFINE = "what are the takeaways?", "segments", "episodes", "define "


@lru_cache(1)
def suggestions(library: Library) -> tuple[str, ...]:
    """Return questions and commands that the episodes of a library answer; perhaps none."""
    return tuple(_suggestions(library))


def _suggestions(library: Library) -> Iterator[str]:
    entries = library.entries
    if any(one.takeaways for one in entries):
        yield TAKEAWAYS
    with_terms = [at for at, one in enumerate(entries) if one.terms]
    if with_terms:
        yield f"{DEFINE}{_short_term(library.episodes[with_terms[-1]])}"
    if entries and any(part.title for part in library.episodes[-1].segments):
        yield SEGMENTS
    if len(entries) > 1:
        yield EPISODES


def _short_term(episode: Episode) -> str:
    """Return the shortest term of a reference sheet, the last of several."""
    return min(reversed(episode.terms), key=lambda term: len(term.name)).name
