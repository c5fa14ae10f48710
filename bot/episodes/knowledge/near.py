"""An episode that is not there, and those that may be meant."""

from rapidfuzz import fuzz, process

from bot.episodes.library import Library

# Chosen by hand: less alike is another episode; more names than these are no help.
_LIKENESS, _MOST = 50, 3


def no_such(library: Library, slug: str) -> str:
    """Return that a library has no such episode, with the slugs that are near."""
    slugs = [entry.slug for entry in library.entries]
    near = process.extract(slug, slugs, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_LIKENESS)
    known = [found for found, *_ in near]
    if known:
        return f"There is no episode {slug!r}; near it: {', '.join(known)}"
    newest = ", ".join(slugs[-_MOST:][::-1])
    return f"There is no episode {slug!r}" + (f"; the newest: {newest}" if newest else "")
