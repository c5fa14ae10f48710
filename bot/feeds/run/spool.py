"""What was fetched and is not kept yet: on disk at once, so that nobody need send it twice.

To read a transcript takes a hundred times as long as to write it down. A process that is ended
meanwhile leaves it here for the next.
"""

import hashlib
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

FOLDER = ".fetched"  # hidden: nothing in it is an episode
_LEFT_OVER = 24 * 3600  # seconds; chosen by hand: what is older may be another by now
_WHOLE, _DRAFT = ".bin", ".part"  # anything else in the folder is not ours to delete
_DIGEST = 32  # bytes of SHA-256, before the data: a file that broke off is none


class Spool:
    """Fetched files by their address, in a folder below the knowledge folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def put(self, url: str, data: bytes) -> None:
        """Lay down what was fetched; raises OSError."""
        self._folder.mkdir(exist_ok=True)
        draft = self._folder / f"{token_hex(8)}{_DRAFT}"
        draft.write_bytes(hashlib.sha256(data).digest() + data)
        draft.replace(self._path(url))

    def get(self, url: str) -> bytes | None:
        """Return what was fetched from an address and not kept, None if there is none."""
        try:
            raw = self._path(url).read_bytes()
        except OSError:
            return None
        data = raw[_DIGEST:]
        return data if hashlib.sha256(data).digest() == raw[:_DIGEST] else None

    def drop(self, url: str) -> None:
        """Forget what was fetched from an address: it is kept, or nothing to keep."""
        with suppress(OSError):
            self._path(url).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Delete what nobody came for in a day."""
        with suppress(OSError):
            for path in (*self._folder.glob(f"*{_WHOLE}"), *self._folder.glob(f"*{_DRAFT}")):
                if time.time() - path.stat().st_mtime > _LEFT_OVER:
                    path.unlink(missing_ok=True)

    def _path(self, url: str) -> Path:
        name = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32]
        return self._folder / f"{name}{_WHOLE}"
