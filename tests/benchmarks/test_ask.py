"""What an answer costs: every question of the evaluation files, none remembered."""

from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from bot.answers import Answerer, ready
from bot.episodes import load
from bot.evaluation.questions import Question, read_questions

ROOT = Path(__file__).parents[2]
ROUNDS = 5
MOST_P50, MOST_P99 = 1.5, 5.0  # milliseconds


def milliseconds(answerer: Answerer, question: Question) -> float:
    start = perf_counter()
    answerer.ask(question.text, question.history)
    return (perf_counter() - start) * 1000


def test_a_question_not_asked_before_is_answered_in_little_time() -> None:
    files = sorted((ROOT / "tests" / "evaluation").glob("*.yaml"))
    questions = [question for file in files for question in read_questions(file)]
    library = load(ROOT / "knowledge")
    costs = []
    for _ in range(ROUNDS):
        answerer = ready(library, ROOT / "knowledge")  # a new one remembers no answer
        answerer.ask("what is read at the first question is read before the clock starts?")
        costs.append([milliseconds(answerer, question) for question in questions])
    percentiles = [quantiles(cost, n=100) for cost in costs]
    p50 = median(one[49] for one in percentiles)
    p99 = median(one[98] for one in percentiles)
    print(f"\nask, {len(questions)} questions: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    assert p50 <= MOST_P50
    assert p99 <= MOST_P99
