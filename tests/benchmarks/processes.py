"""Servers as processes, and what they take of the machine by Linux's account."""

import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def served(command: list[str], environ: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server's process and its port, once it listens; it is ended afterwards."""
    place = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, *command], env=place | environ, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = deque[str](maxlen=20)
        for line in process.stderr:
            said.append(line)
            if listening := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line):
                break
        else:
            raise RuntimeError(f"{command} ends at once:\n{''.join(said)}")
        # Read on, or it blocks; what is no mere note is shown.
        threading.Thread(target=_show, args=(process.stderr,), daemon=True).start()
        try:
            yield process.pid, int(listening[1])
        finally:
            process.terminate()


def _show(lines: Iterable[str]) -> None:
    with suppress(ValueError):  # once it is closed
        for line in lines:
            if " INFO " not in line:
                print(line, end="", file=sys.stderr)


class Meter:
    """Counts from now on, for each name a process and those that it started.

    Of this process itself only its own is counted, for it has started all others.
    """

    def __init__(self, named: Mapping[str, int]) -> None:
        self._named, self._start = named, time.perf_counter()
        self._before = {name: _seconds(pid) for name, pid in named.items()}

    def shares(self) -> dict[str, float]:
        """The share of one processor that each has taken."""
        elapsed = time.perf_counter() - self._start
        return {
            name: (_seconds(pid) - self._before[name]) / elapsed
            for name, pid in self._named.items()
        }


def _seconds(pid: int) -> float:
    """User and system time."""
    if pid == os.getpid():
        return sum(map(int, _fields(pid)[11:13])) / _TICKS
    return sum(sum(map(int, _fields(one)[11:15])) for one in _family(pid)) / _TICKS


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _fields(pid: int) -> list[str]:
    """What stands behind the name in `stat`, https://man7.org/linux/man-pages/man5/proc.5.html."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
