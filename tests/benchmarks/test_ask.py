"""What an answer costs: every question of dev.yaml, none remembered, then all of them again.

On one thread, as the reader runs; processor time of the thread, since machines are shared. Then the
memory of a process with one episode, and the time of `ask` and of `make chat` as whole processes.
"""

import subprocess
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter, thread_time

import pytest

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.evaluation.questions import Question, read_questions

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
MOST_P50, MOST_P95, MOST_AGAIN = 60.0, 120.0, 1.0  # milliseconds
MOST_ASK, MOST_CHAT = 1.2, 1.8  # seconds
MOST_MEMORY = 250  # megabytes
# Not `ru_maxrss`: a process that has just been started counts the peak of the one that started it.
_MEMORY = """
import sys
from pathlib import Path
from bot.answers import ready
from bot.episodes import load
cache = Path(sys.argv[1])
answerer = ready(load(Path("knowledge"), cache), Path("knowledge"), cache)
answerer.warm()
answerer.ask("why does it make things up?")
answerer.ask("was kostet eine Feinabstimmung?")
status = Path("/proc/self/status").read_text("utf-8").split()
print(status[status.index("VmHWM:") + 1])
"""


def milliseconds(answerer: Answerer, question: Question) -> float:
    start = thread_time()
    answerer.ask(question.text, question.history)
    return (thread_time() - start) * 1000


def test_a_question_is_answered_in_the_time_that_reading_takes() -> None:
    questions = read_questions(ROOT / "tests" / "evaluation" / "dev.yaml")
    answerer = ready(load(KNOWLEDGE), KNOWLEDGE)
    answerer.ask("what is read at the first question is read before the clock starts?")
    assert answerer.fault is None
    fresh = [milliseconds(answerer, question) for question in questions]
    again = [milliseconds(answerer, question) for question in questions]
    searched = [one for one in fresh if one > MOST_AGAIN]
    p50, p95 = quantiles(fresh, n=100)[49], quantiles(fresh, n=100)[94]
    print(f"\nask, {len(questions)} questions: p50 {p50:.1f} ms, p95 {p95:.1f} ms; of the")
    print(f"{len(searched)} that are searched p50 {quantiles(searched, n=2)[0]:.1f} ms")
    print(f"asked again: p95 {quantiles(again, n=100)[94]:.2f} ms")
    assert quantiles(again, n=100)[94] <= MOST_AGAIN
    assert p50 <= MOST_P50
    assert p95 <= MOST_P95


def seconds(*arguments: str, asked: str = "") -> float:
    command = [sys.executable, "-m", "bot", *arguments]
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, input=asked, text=True, check=True, capture_output=True)
    return perf_counter() - start


def test_a_process_starts_and_answers_soon() -> None:
    ask = min(seconds("ask", "why does it make things up?") for _ in range(3))
    chat = min(seconds("chat", asked="why does it make things up?\n") for _ in range(3))
    print(f"\nask {ask:.2f} s, chat {chat:.2f} s, as whole processes")
    assert ask <= MOST_ASK
    assert chat <= MOST_CHAT


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc for memory")
def test_a_process_with_one_episode_is_small(tmp_path: Path) -> None:
    """Start as a server does; the first time, the encoder sees the episode before all else."""
    command = [sys.executable, "-c", _MEMORY, str(tmp_path)]
    first, megabytes = (
        int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout) / 1024
        for _ in range(2)
    )
    print(f"\npeak memory with one episode: {megabytes:.0f} MB, the first time {first:.0f}")
    assert max(first, megabytes) <= MOST_MEMORY
