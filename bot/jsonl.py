"""Questions and answers as JSON, one object a line, for programs that ask."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Answer, Answerer, NoAnswer, Quote, as_text


def record(answer: Answer | NoAnswer) -> dict[str, Any]:
    """Return an answer for a program: its text, the quotes with their spans, the confidence.

    `reason` says why a question was declined (see `NoAnswer`), and is null otherwise.
    """
    quotes, near = (answer.quotes, ()) if isinstance(answer, Answer) else ((), answer.near)
    return {
        "question": answer.question,
        "kind": answer.kind,
        "answered": isinstance(answer, Answer),
        "text": as_text(answer),
        "quotes": [_quote(quote) for quote in quotes],
        "near": [_quote(quote) for quote in near],
        "confidence": answer.confidence,
        "reason": None if isinstance(answer, Answer) else answer.reason or None,
    }


def answer_lines(answerer: Answerer, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the record of each line's answer, or its `error`; blank lines are skipped.

    A line is `{"question": str, "history": [str, …]}`, the history optional and oldest first.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                question, history = _asked(line)
            except (ValueError, RecursionError) as error:
                yield {"error": f"line {number}: {error}"}
            else:
                yield record(answerer.ask(question, history))


def _asked(line: str) -> tuple[str, list[str]]:
    """Return the question and the history of a line; raises ValueError for anything else."""
    match json.loads(line):
        case {"question": str(question), "history": list(history)}:
            if not all(isinstance(earlier, str) for earlier in history):
                raise ValueError("history holds something else than questions")
            return question, history
        case {"question": str(), "history": _}:
            raise ValueError("history is no list")
        case {"question": str(question)}:
            return question, []
        case _:
            raise ValueError('no object like {"question": "What is RAG?"}')


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "segment": quote.segment,
        "episode": quote.episode,
        "source": quote.source,
        "start": quote.start,
        "end": quote.end,
    }
