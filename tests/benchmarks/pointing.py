"""What a perfect pointer would reach, and what a wicked one could do: no real model is asked.

The oracle knows the gold and chooses it wherever it is among what it is shown; `worst` always
chooses the last passage, and `everything` all of them. Each is asked over HTTP, as a real one is.

    python -m tests.benchmarks.pointing tests/evaluation/dev.yaml tests/evaluation/threads.yaml
"""

from collections.abc import Mapping
from pathlib import Path

import typer

from bot.answers import Answer, ready
from bot.bootstrap.pointing import pointer
from bot.episodes import load
from bot.evaluation import Comparison, Report, run
from bot.evaluation.questions import read_questions
from bot.pointing.pointer import FEWEST
from bot.settings import Settings
from tests.answers.conftest import KNOWLEDGE
from tests.answers.test_verbatim import in_the_file, quotes_of
from tests.fakes.endpoint import endpoint, everything, oracle, worst

MODELS = ("oracle", "worst", "everything")


def main(files: list[Path], when: str = "unsure") -> None:
    """Print the figures of each file, then what the wicked ones could not do."""
    answerer = ready(load(KNOWLEDGE), KNOWLEDGE)
    for file in files:
        minds = {"oracle": oracle(read_questions(file)), "worst": worst, "everything": everything}
        with endpoint(worst, **minds) as host:
            environ = {"MODEL_URL": host.url("/v1"), "MODEL_WHEN": when, "MODEL_TIMEOUT": "30"}
            given = Settings.read(environ)
            local, models = run(file, answerer), {}
            for name in MODELS:
                with pointer(given, name) as one:
                    models[name] = run(file, answerer, pointer=one)
        print(f"{file.name}, asked {when}", *Comparison(local, models).table(), sep="\n")
        print(*_promises(local, models), sep="\n")


def _promises(local: Report, models: Mapping[str, Report]) -> list[str]:
    """Return what must be 0 whatever a model says."""
    quotes = [
        quote
        for model in models.values()
        for one in model.outcomes
        if isinstance(one.answer, Answer)
        for quote in quotes_of(one.answer)
    ]
    invented = sum(quote.text != in_the_file(quote) for quote in quotes)
    far = [at for at, one in enumerate(local.outcomes) if one.declined and one.confidence < FEWEST]
    answered = sum(not model.outcomes[at].declined for model in models.values() for at in far)
    return [
        f"{invented} of {len(quotes):,} quotes are not in the file",
        f"{answered} answered of {len(far)} that were declined by a wide margin",
        "",
    ]


if __name__ == "__main__":
    typer.run(main)
