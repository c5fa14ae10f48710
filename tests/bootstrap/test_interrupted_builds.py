"""Builds that are killed, and two at once: what is kept is whole, or built again."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.answers import Answerer
from tests.bootstrap.building import ask, build
from tests.bootstrap.kinds import Dropped

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUILDING = Path(__file__).with_name("building.py")
KILLS, SEED = 20, 11
MAKERS = "Marloxa Tevrin Quadby Fennigar Osprell Dulcimo Hartwig Zandora Krombach".split()
ENGINES = "zorblat quompex vundle fraxil meepo".split()


def started(*given: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(BUILDING), *given],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


class Nursery:
    """Starts builds at once: what they import is loaded already."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def build(self, knowledge: Path, cache: Path, kill_after: float | None = None) -> int:
        """Build, or be killed after some seconds; return the status with which it ended."""
        assert self._process.stdin
        self._process.stdin.write(f"{knowledge}\t{cache}\n")
        self._process.stdin.flush()
        child = self._line()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(child, signal.SIGKILL)
        return self._line()

    def _line(self) -> int:
        assert self._process.stdout
        return int(self._process.stdout.readline())


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    with started() as process:
        yield Nursery(process)
        assert process.stdin
        process.stdin.close()
        process.wait(30)


@pytest.fixture
def files(tmp_path: Path) -> list[Dropped]:
    folder = tmp_path / "knowledge"
    return [Dropped(folder, "plain.txt", engine) for engine in ENGINES]


def edition(files: list[Dropped], number: int) -> str:
    """Write all files anew; return who built the engines by now."""
    maker = f"{MAKERS[number % len(MAKERS)]} {MAKERS[number // len(MAKERS)]}"
    for one in files:
        one.write(maker)
    return maker


def said(answering: Answerer, file: Dropped) -> str:
    """Return all quotes for a file's question."""
    return "\n".join(ask(answering, file.question))


def test_whenever_a_build_is_killed_the_next_start_answers_rightly(
    nursery: Nursery, files: list[Dropped], tmp_path: Path
) -> None:
    knowledge, cache = tmp_path / "knowledge", tmp_path / "cache"
    edition(files, 0)
    for another in ("first", "second"):  # what only the first has to load counts for nothing
        began = time.monotonic()
        assert nursery.build(knowledge, tmp_path / another) == 0
        whole = time.monotonic() - began
    rng, killed = random.Random(SEED), 0  # noqa: S311 - not for secrets
    for number in range(KILLS):
        maker = edition(files, number)
        status = nursery.build(knowledge, cache, kill_after=rng.uniform(0, whole))
        killed += status == signal.SIGKILL
        answering = build(str(knowledge), str(cache))
        assert answering.library.faults == ()
        for one in files:
            assert f"{one.engine} engine was built by {maker} " in said(answering, one)
    assert killed >= 3  # chance and the machine decide how many; a few are enough


def test_two_processes_that_start_at_once_both_answer(files: list[Dropped], tmp_path: Path) -> None:
    maker = edition(files, 0)
    given = (str(tmp_path / "knowledge"), str(tmp_path / "cache"), files[0].question)
    both = [started(*given), started(*given)]
    found = [one.communicate(timeout=60)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert found[0] == found[1]
    assert f"built by {maker} " in found[0]
    assert found[0].splitlines() == ask(build(*given[:2]), given[2])
