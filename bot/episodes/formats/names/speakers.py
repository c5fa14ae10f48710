"""Who says each cue of a file: its label's person, whoever goes on, or nobody known."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.episodes.formats.model import Cue, Known
from bot.episodes.formats.names.people import Fate, People


def settle(cues: Sequence[Cue], known: Known, path: str = "") -> list[Cue]:
    """Say for every cue who speaks: a name as it is shown, or None where nobody is named.

    Cues that name nobody get the name of whoever goes on. Labels that are words go back before
    the words of their cue. Where a label that names nobody begins, the cue is `apart`.

    Raises:
        UnreadableError: there are more than `MOST_SPEAKERS` different names.
    """
    counts = Counter(cue.speaker for cue in cues if cue.speaker)
    certain = {cue.speaker for cue in cues if cue.speaker and cue.certain}
    people = People(counts, known, path, certain, [cue.words for cue in cues])
    return list(_settled(cues, people))


def _settled(cues: Sequence[Cue], people: People) -> Iterator[Cue]:
    speaker, before = None, ""
    for cue in cues:
        if not cue.speaker:
            yield replace(cue, speaker=speaker)
            continue
        verdict = people.verdict(cue.speaker)
        if verdict.fate is Fate.WORDS:
            yield replace(cue, speaker=speaker, words=_restored(cue))
            continue
        changes = verdict.name is None and cue.speaker != before
        speaker, before = verdict.name, cue.speaker
        words = _restored(cue) if verdict.fate is Fate.DOUBTFUL else cue.words
        yield replace(cue, speaker=speaker, words=words, apart=cue.apart or changes)


def _restored(cue: Cue) -> str:
    """Return the words of a cue with the label that was taken for a speaker's."""
    return f"{cue.speaker}: {cue.words}".rstrip()
