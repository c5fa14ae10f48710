"""An episode's folder that is there already: renewed file by file, an edit by hand left alone."""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from bot.episodes.knowledge.folder import CHAPTERS, FETCHED, beside
from bot.episodes.metadata import METADATA
from bot.feeds.folder.drafting import STEM
from bot.feeds.folder.records import Digests, digest, read_record

_EDITED = "edited"  # the digest of what is no file


class Action(Enum):
    """What is done with a file that was fetched anew."""

    NOTHING = auto()
    REPLACE = auto()
    LAY_BESIDE = auto()


@dataclass(frozen=True, slots=True)
class Before:
    """What was fetched for a folder before: `ours` are the digests of its transcripts and chapters.

    `chapters` is that of the chapters that were fetched last, empty where there were none, and
    `said` that of what its `episode.yaml` said.
    """

    ours: frozenset[str]
    chapters: str
    said: str


@dataclass(frozen=True, slots=True)
class Renewed:
    """The transcript that is read, whether anything of it changed, and what was laid beside."""

    path: Path
    written: bool
    beside: tuple[Path, ...]


def decide(there: str | None, new: str, ours: Collection[str]) -> Action:
    """Return what is done with a file, by digests.

    Args:
        there: of what is there; None where nothing is.
        new: of what was fetched.
        ours: of what was fetched before: anything else was edited by hand.
    """
    if there == new:
        return Action.NOTHING
    if there is None or there in ours:
        return Action.REPLACE
    return Action.NOTHING if new in ours else Action.LAY_BESIDE


def fetched_before(place: Path, known: Mapping[str, str]) -> Before:
    """Return what was fetched for a folder before, by what lies in it and by what is `known`."""
    files = (place / _beside(METADATA), place / METADATA)
    found = [record.digests for path in files if (record := read_record(path))]
    found.append(Digests(known.get("transcript", ""), known.get("chapters", "")))
    ours = {each for one in found for each in (one.transcript, one.chapters) if each}
    chapters = next((one.chapters for one in found if one.chapters), "")
    return Before(frozenset(ours), chapters, known.get("metadata", ""))


def renew(place: Path, draft: Path, before: Before) -> Renewed:
    """Take into a folder what a draft of it holds: a transcript, `episode.yaml`, maybe chapters.

    The transcript goes first, for the metadata tells of it: ended in between, it is found to be
    what is fetched again.
    """
    [new] = draft.glob(f"{STEM}.*")
    path, first = _renew_transcript(place, new, before.ours)
    done = [first]
    if (draft / CHAPTERS).exists():
        done.append(_renew_file(place / CHAPTERS, draft / CHAPTERS, before.ours))
    done.append(_renew_metadata(place / METADATA, draft / METADATA, before.said))
    laid = tuple(one for _, one in done if one)
    return Renewed(path, any(written for written, _ in done), laid)


def transcripts(place: Path) -> list[Path]:
    """Return the files of a folder that are read as its transcript: one, if all is well."""
    files = (path for path in sorted(place.iterdir()) if not path.is_dir() and not beside(path))
    return [path for path in files if path.name not in (METADATA, CHAPTERS)]


def edited(place: Path, ours: Collection[str]) -> Iterator[Path]:
    """Yield what of a folder was edited by hand, or was not fetched at all."""
    for path in sorted(place.iterdir()):
        record = read_record(path) if path.suffix == ".yaml" else None
        if not (record.sealed if record else digest_of(path) in ours):
            yield path


def digest_of(path: Path) -> str | None:
    """Return the digest of a file; None where nothing is."""
    if path.is_file():
        return digest(path.read_bytes())
    return _EDITED if os.path.lexists(path) else None


_Done = tuple[bool, Path | None]  # whether the file was written, and what was laid beside it


def _renew_transcript(place: Path, new: Path, ours: Collection[str]) -> tuple[Path, _Done]:
    name, data, found = place / new.name, digest_of(new) or "", transcripts(place)
    there = found[0] if found else name
    if len(found) > 1:  # somebody has put another one beside it
        return there, (False, None if data in ours else _lay_beside(name, new))
    done = _renew_file(there, new, ours, name)
    if digest_of(there) == data:
        _forget(place, {*ours, data})
        # The name changes with the format. Renamed after it was replaced, there is no moment with
        # two transcripts, or none. The name that somebody else gave it stays.
        if there.stem == STEM:
            there = there.rename(name)
    return there, done


def _renew_file(there: Path, new: Path, ours: Collection[str], name: Path | None = None) -> _Done:
    """Renew a file; what is laid beside it is called after `name`, where that is another."""
    action = decide(digest_of(there), digest_of(new) or "", ours)
    if action is Action.REPLACE:
        new.replace(there)
    laid = _lay_beside(name or there, new) if action is Action.LAY_BESIDE else None
    return action is Action.REPLACE, laid


def _renew_metadata(there: Path, new: Path, said: str) -> _Done:
    """Renew an `episode.yaml`, which says what it `said` unless there is something new."""
    beside = there.with_name(_beside(there.name))
    record, fetched, laid = map(read_record, (there, new, beside))
    now = fetched.said if fetched else ""
    if (record and record.sealed) or not os.path.lexists(there):
        changed = record is None or record.said != now
        if changed:
            new.replace(there)
        beside.unlink(missing_ok=True)
        return changed, None
    nothing_new = now in (said, laid.said if laid else "")
    return False, None if nothing_new else _lay_beside(there, new)


def _lay_beside(path: Path, new: Path) -> Path | None:
    """Lay a file beside one that was edited by hand; None where it lies there already."""
    target = path.with_name(_beside(path.name))
    if digest_of(target) == digest_of(new):
        return None
    new.replace(target)
    return target


def _forget(place: Path, ours: Collection[str]) -> None:
    """Delete what was laid beside a transcript that is as it was fetched again."""
    for path in place.glob(f"{STEM}{FETCHED}.*"):
        if digest_of(path) in ours:
            path.unlink()


def _beside(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{FETCHED}{dot}{ending}"
