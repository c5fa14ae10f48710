"""What asking over MCP costs beside a direct call: the SDK's client, and the bot as a process.

Each question of dev.yaml is asked of both in turns, once, so that neither remembers it.
"""

from pathlib import Path
from statistics import median
from time import perf_counter

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.evaluation.questions import read_questions
from tests.mcp.clients import Assistant, over_stdio

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
MOST_TIMES, MOST_MORE = 1.3, 0.005  # the second in seconds


def costs(question: str, answerer: Answerer, assistant: Assistant) -> tuple[float, float]:
    """Seconds of the direct call, and of the one over MCP."""
    start = perf_counter()
    answerer.ask(question)
    between = perf_counter()
    assistant.content("ask", question=question)
    return between - start, perf_counter() - between


def test_asking_over_mcp_costs_little_more_than_a_direct_call() -> None:
    asked = read_questions(ROOT / "tests" / "evaluation" / "dev.yaml")
    questions = list(dict.fromkeys(question.text for question in asked))
    answerer = ready(load(KNOWLEDGE), KNOWLEDGE)
    with over_stdio() as assistant:
        costs(
            "what is read at the first question is read before the clock starts?",
            answerer,
            assistant,
        )
        taken = [costs(question, answerer, assistant) for question in questions]
    direct, over_mcp = (median(column) for column in zip(*taken, strict=True))
    print(f"\np50 of {len(questions)} questions: direct {direct * 1000:.1f} ms, over MCP")
    print(f"{over_mcp * 1000:.1f} ms, {over_mcp / direct:.2f} times")
    assert over_mcp <= MOST_TIMES * direct + MOST_MORE
