"""The knowledge folder as a running bot follows it: looked at, and read again when it changes."""

import gc
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.bootstrap.parts import answerer, tell_faults
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.answers import Answerer
    from bot.episodes import Library
    from bot.episodes.knowledge.look import Look
    from bot.settings import Settings

# Seconds between looks, for which everything has to stand still before it is read, and until what
# could not be read is tried again unchanged. Chosen by hand: an episode that another process has
# fetched answers within five seconds, and a look at 1,000 takes 30 ms.
INTERVAL, STILL, RETRY = 1.0, 1.0, 60.0
# Seconds that the end of a process waits for a look; a build ends with the process. Chosen by hand:
# an episode that is being encoded takes two.
_LEAVE = 3.0
_NAMED = 5  # episodes in a line of the log

log = logging.getLogger("bot")


class Watcher:
    """Has an answerer take what the knowledge folder holds, once that changes and stands still.

    `seen` is a look from before the library was read that is in place now, None if there was none.
    Whatever goes wrong leaves that library in place, and is said once.
    """

    def __init__(
        self,
        answering: "Answerer",
        folder: Path,
        load: "Callable[[], Library]",
        seen: "Look | None" = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        from bot.episodes.knowledge.look import look

        self.answering, self._load, self._clock = answering, load, clock
        self._look = partial(look, folder)
        self._loaded = self._seen = seen
        self._since = self._retry = clock()
        self._said = ""
        self.hastened, self.ended = Event(), Event()

    def hasten(self) -> None:
        """Have the folder looked at now and read as it is: who calls has written there, whole."""
        self.hastened.set()

    def check(self) -> None:
        """Look at the folder, and read it if that is due; raises nothing."""
        still = 0.0 if self.hastened.is_set() else STILL
        self.hastened.clear()
        try:
            seen = self._look()
            if seen == self._loaded:
                self._said = ""
            if self._is_due(seen, still):
                self._read(seen)
        except Exception as error:  # noqa: BLE001 - no error may end the looks
            self._tell(error)

    def _is_due(self, seen: "Look", still: float) -> bool:
        now = self._clock()
        if seen != self._seen:
            self._seen, self._since, self._retry = seen, now, now
        changed = seen != self._loaded
        return changed and now >= self._since + still and now >= self._retry

    def _read(self, seen: "Look") -> None:
        self._retry = self._clock() + RETRY
        before, library = self.answering.library, self._load()
        if self._look() != seen:
            return  # it changed while it was read: the next looks will tell
        if not library.entries:
            raise BotError("no episode in it can be read")
        self.answering.take(library)
        self._loaded, self._said = seen, ""
        log.info("The knowledge folder has changed: %s", _changes(before, library))
        tell_faults(library)
        del before
        _free()
        _ = self.answering.highlights  # else who first asks for one would wait for all
        self.answering.encode(stopped=lambda: self.ended.is_set() or self._look() != seen)

    def _tell(self, error: Exception) -> None:
        """Log in one line why the library stays as it is, unless that was the last thing said."""
        lines = str(error).splitlines() or [""]
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        kind = "" if isinstance(error, BotError) else f"{type(error).__name__}: "
        said = f"{kind}{lines[0]}{more}"
        if said != self._said:
            self._said = said
            log.error(
                "The knowledge folder is not read again, what was read before stays: %s", said
            )
            log.debug("Where that went wrong", exc_info=error)


def watched(
    settings: "Settings", clock: Callable[[], float] = time.monotonic, *, forks: bool = False
) -> Watcher:
    """Return what follows the knowledge folder, and what answers from it, in `answering`.

    With `forks` it is for processes that are forked of this one; see `answerer`. Raises BotError
    where no episode can be read.
    """
    from bot.episodes import load
    from bot.episodes.knowledge.look import look

    folder, cache = settings.knowledge_dir, settings.cache_dir
    try:
        seen = look(folder)  # before it is read: what changes meanwhile is read again
    except OSError:
        seen = None
    return Watcher(
        answerer(settings, forks=forks), folder, lambda: load(folder, cache), seen, clock
    )


@contextmanager
def following(watcher: Watcher, interval: float = INTERVAL) -> Iterator[None]:
    """Look again and again, beside something else."""

    def run() -> None:
        while not watcher.ended.is_set():
            watcher.hastened.wait(interval)
            if not watcher.ended.is_set():
                watcher.check()

    thread = Thread(target=run, name="knowledge", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watcher.ended.set()
        watcher.hastened.set()
        thread.join(_LEAVE)


def _changes(before: "Library", after: "Library") -> str:
    """Return which episodes came, changed and went, in a line."""
    old, new = ({one.slug: one.key for one in library.entries} for library in (before, after))
    found = {
        "came": new.keys() - old.keys(),
        "changed": {slug for slug in new.keys() & old.keys() if new[slug] != old[slug]},
        "went": old.keys() - new.keys(),
    }
    said = [f"{_names(slugs)} {what}" for what, slugs in found.items() if slugs]
    return "; ".join(said) or "no episode came, changed or went"


def _names(slugs: Iterable[str]) -> str:
    ordered = sorted(slugs)
    more = len(ordered) - _NAMED
    return ", ".join(ordered[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def freeze_loaded() -> None:
    """Have the collector pass over what is loaded now: going through it would hold up answers.

    See https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    gc.collect()
    gc.freeze()


def _free() -> None:
    """Give back the memory of what was answered from before.

    It refers to itself, and a server has the collector pass over all that was there at its start.
    """
    frozen = gc.get_freeze_count() > 0
    gc.unfreeze()
    gc.collect()
    if frozen:
        gc.freeze()
