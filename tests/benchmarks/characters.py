"""How long the bot's answers are in Slack: mean characters of messages and of their credits.

    python -m tests.benchmarks.characters [QUESTION_FILE]

Counted is a message's `text`, which says what its blocks say, without their buttons.
"""

import html
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from bot.answers import Answer, Answerer, NoAnswer, ready
from bot.episodes import load
from bot.evaluation.questions import read_questions
from bot.slack.answer.message import answer_message
from bot.slack.blocks.message import Message

ROOT = Path(__file__).parents[2]
KNOWLEDGE, QUESTIONS = ROOT / "knowledge", ROOT / "tests/evaluation/dev.yaml"


def messages(path: Path, answerer: Answerer, kind: type[Answer | NoAnswer]) -> list[Message]:
    """The messages for the questions of a file that are answered, or for the others."""
    replies = (answerer.ask(one.text, one.history) for one in read_questions(path))
    return [answer_message(reply, "a1") for reply in replies if isinstance(reply, kind)]


def characters(shown: Sequence[Message]) -> float:
    """Mean characters that a person reads."""
    return mean(len(html.unescape(message["text"])) for message in shown)


def credits_of(shown: Sequence[Message]) -> float:
    """Mean characters of the small lines below quotes."""
    return mean(
        sum(
            len(element["text"])
            for block in message["blocks"]
            if block["type"] == "context"
            for element in block["elements"]
        )
        for message in shown
    )


def main() -> None:
    """Print the means for answers, and for what is declined or met with small talk."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    answerer = ready(load(KNOWLEDGE), KNOWLEDGE)
    for name, kind in (("answers", Answer), ("other replies", NoAnswer)):
        shown = messages(path, answerer, kind)
        print(
            f"{len(shown):4} {name}: {characters(shown):.0f} characters, "
            f"of which credits {credits_of(shown):.0f}"
        )


if __name__ == "__main__":
    main()
