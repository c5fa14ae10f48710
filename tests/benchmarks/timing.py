"""How long calls take, and what a process of its own takes to serve from a folder."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

_SERVE = """
import sys
from pathlib import Path
from time import perf_counter
from bot.search.tokens import tokens
{library}
folder = Path(sys.argv[1])
questions = (folder / "questions").read_text("utf-8").splitlines()
start = perf_counter()
index = {opening}
print(perf_counter() - start)
for question in questions:
    {search}
status = Path("/proc/self/status").read_text("utf-8").split()
print(status[status.index("VmHWM:") + 1], status[status.index("RssAnon:") + 1])
"""


def p50(call: Callable[[str], object], questions: list[str], rounds: int = 1) -> float:
    """Median seconds of a call over the questions, after one call to warm up."""
    call(questions[0])
    return median(seconds(call, question) for _ in range(rounds) for question in questions)


def seconds(call: Callable[[str], object], question: str) -> float:
    start = perf_counter()
    call(question)
    return perf_counter() - start


def serve(library: str, opening: str, search: str, folder: Path) -> tuple[float, int, int]:
    """Open an index and ask it all of `questions` in a new process.

    Seconds to open it, kilobytes at the peak, and at last those that are not of mapped files.
    """
    script = _SERVE.format(library=library, opening=opening, search=search)
    command = [sys.executable, "-c", script, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    opened, peak, own = done.stdout.split()
    return float(opened), int(peak), int(own)
