"""Who reads and keeps what was fetched: this process, or two beside it where there is much to read.

To read a transcript of an hour takes a tenth of a second of the processor, which threads share.
"""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

from bot.errors import BotError
from bot.feeds.folder.keeping import KeepError, Kept, TranscriptError, keep

_PROCESSES = 2  # chosen by hand

Keep = Callable[..., Kept]


@contextmanager
def keepers(*, beside: bool) -> Iterator[Keep]:
    """Yield what keeps transcripts, `beside` this process: called as `keep` is, by any thread."""
    if not beside:
        yield keep
        return
    spawned = get_context("spawn")  # a fork would take locks along that others hold
    with ProcessPoolExecutor(_PROCESSES, spawned, _prepare) as pool:
        yield lambda folder, item, feed, *rest, **named: _kept_by(
            pool, folder, item, replace(feed, items=(), warnings=()), *rest, **named
        )


def _kept_by(pool: ProcessPoolExecutor, *given: Any, **named: Any) -> Kept:
    """Have another process keep a transcript; this one does where the others were ended."""
    try:
        kept = pool.submit(_kept, given, named).result()
    except BrokenExecutor:
        return keep(*given, **named)
    if isinstance(kept, str):
        raise BotError(kept)
    return kept


def _kept(given: tuple[Any, ...], named: dict[str, Any]) -> Kept | str:
    """Keep a transcript, or return why not: such errors cannot be sent from process to process."""
    try:
        return keep(*given, **named)
    except (TranscriptError, KeepError) as error:
        return str(error)


def _prepare() -> None:
    """Leave Ctrl-C to the process that began this one, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        sentinel = parent.sentinel
        Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()
