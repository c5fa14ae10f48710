"""A process that builds: it reads a knowledge folder, and answers a question from it.

Run as `python building.py KNOWLEDGE CACHE QUESTION`, or without arguments: then it builds in a
process of its own for each `KNOWLEDGE<TAB>CACHE` that it is given on a line, prints the id of that
process, and then how it ended.
"""

import os
import sys
from pathlib import Path

from bot.answers import Answer, Answerer
from bot.episodes import load
from tests.bootstrap.sure import Sure


def build(knowledge: str, cache: str) -> Answerer:
    """Open what is there, and build what is not."""
    return Answerer(load(Path(knowledge), Path(cache)), (), Sure(), Path(cache))


def ask(answering: Answerer, question: str) -> list[str]:
    """Return the quotes of an answer; each is checked against its episode."""
    answer = answering.ask(question)
    quotes = answer.quotes if isinstance(answer, Answer) else ()
    texts = {one.slug: one.text for one in answering.episodes}
    for one in quotes:
        assert texts[one.episode][one.start : one.end] == one.text
    return [one.text for one in quotes]


def _apart(line: str) -> None:
    """Build in a process of its own; say its id, and how it ended."""
    process = os.fork()
    if not process:
        build(*line.rstrip("\n").split("\t"))
        os._exit(0)
    print(process, flush=True)  # noqa: T201 - it is read
    print(os.waitpid(process, 0)[1], flush=True)  # noqa: T201 - it is read


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print("\n".join(ask(build(*sys.argv[1:3]), sys.argv[3])))  # noqa: T201 - it is read
    else:
        for given in sys.stdin:
            _apart(given)
