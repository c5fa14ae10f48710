"""What `check` says of transcripts: what was read, and why a file was not."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.episodes.library import Library
from bot.episodes.model import Episode
from bot.errors import Fault

# From a text and the tag of its language, where its file gives one, to the language's name and
# what to warn of.
Spoken = Callable[[str, str | None], tuple[str | None, str | None]]
_MOST_NAMES = 3


def contents(library: Library, path: Path, spoken: Spoken, *, verbose: bool) -> Iterator[str]:
    """Yield the lines about each episode that was read from a path: two, or all warnings too."""
    told: set[Fault] = set()
    for episode in library.episodes:
        alone = len(library.episodes) == 1
        warnings = [
            one for one in library.warnings if alone or one.path == str(path / episode.source)
        ]
        told.update(warnings)
        language, doubt = spoken(episode.text, episode.language)
        if doubt:
            warnings.append(Fault(episode.source, 0, doubt))
        yield f"{episode.source}: {_folded(episode.label)}"
        yield "  " + "; ".join([*_facts(episode, language), *_warned(warnings)])
        if verbose:
            yield from (f"  {_folded(str(one))}" for one in warnings)
    yield from (_folded(str(one)) for one in library.warnings if one not in told)


def refusals(faults: Sequence[Fault], *, verbose: bool) -> Iterator[str]:
    """Yield a line for each file that cannot be read: the first fault; or all of them."""
    files: dict[str, list[Fault]] = {}
    for fault in faults:
        files.setdefault(fault.path, []).append(fault)
    for found in files.values():
        rest = len(found) - 1
        if verbose or not rest:
            yield from (_folded(str(fault)) for fault in found)
        else:
            yield f"{_folded(str(found[0]))} (and {rest} more; --verbose shows them)"


def _facts(episode: Episode, language: str | None) -> Iterator[str]:
    words = f"{_words(episode):,} words"
    if episode.hosts_line is not None:  # the form of the project's own episodes
        yield from _house(episode)
        yield f"{words}, {language}" if language else words
        return
    yield episode.format
    yield _speakers(episode)
    yield f"{len(episode.turns)} turn{'s' * (len(episode.turns) != 1)}, {words}, {length(episode)}"
    yield language or "language unknown"


def _house(episode: Episode) -> Iterator[str]:
    counts = {
        "hosts": episode.hosts,
        "segments": episode.segments,
        "turns": episode.turns,
        "stage directions": episode.directions,
        "takeaways": episode.takeaways,
        "terms": episode.terms,
    }
    yield ", ".join(f"{len(parts)} {name}" for name, parts in counts.items())
    yield f"{sum(segment.minutes or 0 for segment in episode.segments)} minutes planned"


def _speakers(episode: Episode) -> str:
    names = list(dict.fromkeys(_folded(turn.speaker) for turn in episode.turns if turn.speaker))
    if not names:
        return "names nobody"
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else shown


def length(episode: Episode) -> str:
    """Return how long an episode is by its last time, such as `1:02:03`."""
    times = [time for row in episode.timeline for time in (row.since, row.until) if time]
    if not times:
        return "no times"
    minutes, seconds = divmod(max(times) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _words(episode: Episode) -> int:
    """Return how many words are said."""
    spans = (span for turn in episode.turns for span in turn.paragraphs)
    return sum(len(episode.text[span.start : span.end].split()) for span in spans)


def _warned(warnings: Sequence[Fault]) -> Iterator[str]:
    """Yield how many warnings there are, with the first."""
    if warnings:
        first = warnings[0]
        line = f"line {first.line}: " if first.line else ""
        many = f"{len(warnings)} warnings, the first" if len(warnings) > 1 else "1 warning"
        yield f"{many}: {line}{_folded(first.what)}"


def _folded(words: str) -> str:
    return " ".join(words.split())
