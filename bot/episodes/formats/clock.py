"""Times as transcripts write them, and which of a file's can be true."""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.episodes.formats.model import Cue
from bot.errors import Fault

# Nobody records longer without a break; a file that says so counts in another unit.
LONGEST = 25 * 60 * 60 * 1000
# `1:02:03.500`, `02:03,5`, `3.5`; the parts may have one digit or more.
CLOCK = r"(?:(?:\d{1,5}:){1,2}\d{1,2}(?:[.,]\d{1,9})?|\d{1,6}[.,]\d{1,9})"
_CLOCK = re.compile(CLOCK)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")


def milliseconds(clock: str) -> int | None:
    """Return the milliseconds that a time such as `1:02:03.5` stands for; None if it is none."""
    clock = clock.strip()
    if not _CLOCK.fullmatch(clock):
        return None
    whole, _, fraction = clock.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(f"{fraction:0<3}"[:3])


def number(written: float | str | None) -> float | None:
    """Return the number of seconds or milliseconds a JSON file gives; None if it gives none."""
    if not isinstance(written, str):
        return written if written is not None and math.isfinite(written) else None
    if _NUMBER.fullmatch(written.strip()):
        return float(written)
    found = milliseconds(written)
    return None if found is None else found / 1000


def plausible(cues: Sequence[Cue], path: str) -> tuple[list[Cue], tuple[Fault, ...]]:
    """Return the cues without times that run backwards or past 25 hours, and a warning of them.

    The times kept are the longest run that never goes back, so that a single wrong one does not
    cost those after it. Words are never dropped.
    """
    timed = [at for at, cue in enumerate(cues) if _possible(cue)]
    kept = {timed[at] for at in _longest_run([cues[at].start or 0 for at in timed])}
    wrong = [at for at, cue in enumerate(cues) if cue.start is not None and at not in kept]
    settled = [cue if at in kept else _without_time(cue) for at, cue in enumerate(cues)]
    if not wrong:
        return settled, ()
    what = f"{len(wrong)} time{'s' * (len(wrong) > 1)} run backwards or past 25 hours: left out"
    return settled, (Fault(path, cues[wrong[0]].line, what),)


def _without_time(cue: Cue) -> Cue:
    return cue if cue.start is None and cue.end is None else replace(cue, start=None, end=None)


def _possible(cue: Cue) -> bool:
    if cue.start is None or not 0 <= cue.start <= LONGEST:
        return False
    return cue.end is None or cue.start <= cue.end <= LONGEST


def _longest_run(starts: Sequence[int]) -> list[int]:
    """Return the places of the longest subsequence that never falls (patience sorting)."""
    lowest: list[int] = []  # the least value that a run of each length ends with
    places: list[int] = []
    before: list[int] = []
    for at, start in enumerate(starts):
        length = bisect_right(lowest, start)
        before.append(places[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(start)
            places.append(at)
        else:
            lowest[length], places[length] = start, at
    run: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run
