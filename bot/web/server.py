"""Gunicorn, run from here: processes with threads, each with a site of its own."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # ships no types

# Makes a site when it is entered and, when it is left, finishes what runs and closes what is open.
OpenSite = Callable[[], AbstractContextManager[Flask]]

# Seconds for which an idle connection stays open: longer than load balancers keep theirs (60 s),
# or they send requests into connections that are just being closed.
_KEEP_ALIVE = 75


def serve(
    site: OpenSite,
    *,
    host: str,
    port: int,
    processes: int,
    threads: int,
    grace: int,
    log_level: str,
) -> None:
    """Serve a site until SIGTERM; requests and answers under way get `grace` seconds to finish.

    `site` is entered in each process after the fork, so that threads and connections are its own.
    Metrics of all processes add up in a folder, which has to be named before they are imported.
    """
    first = os.getpid()
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="metrics-")
    try:
        _Gunicorn(
            site,
            bind=f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            workers=processes,
            worker_class="gthread",
            threads=threads,
            keepalive=_KEEP_ALIVE,
            graceful_timeout=grace,
            timeout=grace + 30,  # a process that is replaced finishes its answers too
            loglevel=log_level.lower(),
            logger_class=_Log,
            control_socket_disable=True,  # its thread would be there at the next fork
            child_exit=_forget_process,
        ).run()
    finally:
        if os.getpid() == first:  # the others leave through here too
            shutil.rmtree(folder)


class _Log(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's log in the form of all others."""

    error_fmt = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    datefmt = None


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with these settings, and none from the environment or a file."""

    def __init__(self, site: OpenSite, **settings: Any) -> None:
        self._site, self._settings = site, settings
        self._opened = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)
        self.cfg.set("worker_exit", self._leave)

    def load(self) -> Flask:
        """Load the site in each process, when gunicorn asks for it."""
        site = self._opened.enter_context(self._site())
        # What is loaded now stays to the end. A pass of the garbage collector over all of it would
        # hold up requests: https://docs.python.org/3/library/gc.html#gc.freeze.
        gc.collect()
        gc.freeze()
        return site

    def _leave(self, _arbiter: Any, _worker: Any) -> None:
        """End a process after its last request, when gunicorn says so."""
        self._opened.close()


def _forget_process(_arbiter: Any, worker: Any) -> None:
    """Tidy up, in the first process, after one that has ended."""
    from prometheus_client import multiprocess  # noqa: PLC0415 (the folder has to be named first)

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # left untyped
