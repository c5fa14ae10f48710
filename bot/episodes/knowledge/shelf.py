"""Episodes that were read, kept on disk: what reading costs is paid once."""

import hashlib
import logging
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import msgspec

from bot.episodes.knowledge.folder import LARGEST
from bot.episodes.library import Entry
from bot.episodes.model import Episode
from bot.episodes.source import Source
from bot.files.leftovers import delete_unused

# Goes up whenever the same files are to become another episode, or are kept in another form.
EDITION = "episode 3"
_DIGEST = 32  # bytes of SHA-256

log = logging.getLogger(__name__)


class Kept(msgspec.Struct, frozen=True):
    """An episode with its entry and, as `line: what`, what was read otherwise than written."""

    entry: Entry
    warnings: tuple[str, ...]


class Shelf:
    """A folder of episodes by key, and a list of what is known of each by its source.

    Losing it loses nothing; what is damaged or of another edition counts as missing. Without a
    folder, or where it cannot be written, nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "episodes" if folder else None
        self._known: dict[str, Kept] = {}
        self._told = False
        if self._folder and (raw := _read(self._folder / "entries")):
            self._known = msgspec.msgpack.decode(raw, type=dict[str, Kept])

    def known(self, source: Source) -> Kept | None:
        """Return what is known of the last edition that could be read."""
        return self._known.get(place_of(source))

    def get(self, key: str) -> Episode | None:
        """Return an episode by its key; None if it is not there unharmed."""
        raw = _read(self._folder / key) if self._folder and key else None
        return msgspec.msgpack.decode(raw, type=Episode) if raw else None

    def put(self, key: str, episode: Episode) -> bool:
        """Keep an episode; return whether it could be."""
        return self._write(key, msgspec.msgpack.encode(episode))

    def hand_over(self, source: Source, episode: Episode) -> None:
        """Keep an episode that was read without a warning for whoever loads its folder next."""
        self.put(_handed_over(key_of(source)), episode)

    def take_over(self, key: str) -> Episode | None:
        """Return an episode that was handed over, and hold it no longer; None if there is none."""
        found = self.get(_handed_over(key)) if key else None
        if found and self._folder:
            (self._folder / _handed_over(key)).unlink(missing_ok=True)
        return found

    def put_known(self, known: dict[str, Kept]) -> None:
        """Keep what is known of the episodes of a library, by their sources.

        What is known of another folder's stays as long as its files do.
        """
        others = {place: one for place, one in self._known.items() if Path(place).exists()}
        merged = others | known
        if self._folder and merged != self._known:
            self._write("entries", msgspec.msgpack.encode(merged))
            for gone in {one.entry.key for one in self._known.values()}:
                with suppress(OSError):  # its week begins now: others may answer from it still
                    os.utime(self._folder / gone)
            delete_unused(self._folder, {"entries", *(one.entry.key for one in merged.values())})
            self._known = merged

    def _write(self, name: str, body: bytes) -> bool:
        """Write a file whole or not at all; return whether it could be written."""
        if self._folder is None:
            return False
        new = self._folder / f"{name}.{token_hex(4)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(EDITION.encode() + body).digest() + body)
            new.replace(self._folder / name)
        except OSError as error:
            if not self._told:
                log.warning("Nothing is kept in %s: %s", self._folder, error.strerror)
            self._told = True
            with suppress(OSError):
                new.unlink()
            return False
        return True


def _handed_over(key: str) -> str:
    return f"{key}.new"


def place_of(source: Source) -> str:
    """Return what names a source: two knowledge folders may share a shelf."""
    return str(source.path.absolute())


def key_of(source: Source) -> str:
    """Return the digest of all that an episode is read from; empty if a file cannot be read."""
    digest = hashlib.sha256(f"{EDITION}\0{source.slug}\0{source.name}".encode())
    try:
        for path in (source.path, source.metadata, source.chapters):
            if path and path.stat().st_size > LARGEST:  # it is refused, and never read
                digest.update(repr(path.stat()).encode())
            elif path:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            digest.update(b"\0")
    except OSError:
        return ""
    return digest.hexdigest()[:32]


def _read(path: Path) -> bytes | None:
    """Return what was written; None if it is missing or not what was written."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    body = raw[_DIGEST:]
    return body if raw[:_DIGEST] == hashlib.sha256(EDITION.encode() + body).digest() else None
