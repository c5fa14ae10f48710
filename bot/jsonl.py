"""Questions and answers as JSON, one object a line, for programs that ask."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Answer, Answerer, NoAnswer, Pointer, Quote, as_text
from bot.episodes import Library
from bot.episodes.knowledge.near import no_such

_NO_OBJECT = 'no JSON object like {"question": "What is RAG?"}'


def record(answer: Answer | NoAnswer) -> dict[str, Any]:
    """Return an answer for a program: its text, the quotes with their spans, the confidence.

    `reason` says why a question was declined (see `NoAnswer`), and is null otherwise. `chosen_by`
    is there only where a language model chose the quotes.
    """
    chosen_by = answer.chosen_by if isinstance(answer, Answer) else ""
    quotes, near = (answer.quotes, ()) if isinstance(answer, Answer) else ((), answer.near)
    return {
        "question": answer.question,
        "kind": answer.kind,
        "answered": isinstance(answer, Answer),
        "text": as_text(answer),
        "quotes": [quote_record(quote) for quote in quotes],
        "near": [quote_record(quote) for quote in near],
        "confidence": answer.confidence,
        "reason": None if isinstance(answer, Answer) else answer.reason or None,
        **({"chosen_by": chosen_by} if chosen_by else {}),
    }


def answer_lines(
    answerer: Answerer,
    lines: Iterable[str],
    episode: str | None = None,
    pointer: Pointer | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield the record of each line's answer, or its `error`; blank lines are skipped.

    A line is `{"question": str, "history": [str, …], "episode": str}`, the history optional and
    oldest first, the episode optional and a slug; `episode` is that of the lines without one.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                question, history, slug = _asked(line, answerer.library)
            except ValueError as error:
                yield {"error": f"line {number}: {error}"}
            else:
                answer = answerer.ask(question, history, slug or episode, pointer=pointer)
                yield record(answer)


def _asked(line: str, library: Library) -> tuple[str, list[str], str | None]:
    """Return question, history and episode of a line; raises ValueError for anything else."""
    match _parsed(line):
        case {"question": str(question), **rest}:
            history, episode = rest.get("history", []), rest.get("episode")
        case _:
            raise ValueError(_NO_OBJECT)
    if not isinstance(history, list):
        raise ValueError("history is no list")  # noqa: TRY004 - the line is wrong, not this program
    if not all(isinstance(earlier, str) for earlier in history):
        raise ValueError("history holds something else than questions")
    if not isinstance(episode, str | None):
        raise ValueError("episode is no slug")  # noqa: TRY004 - the same
    if episode is not None and library.place(episode) is None:
        raise ValueError(no_such(library, episode))
    return question, history, episode


def _parsed(line: str) -> object:
    """Return a line's JSON; raises ValueError that says what is expected in its place."""
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{_NO_OBJECT} (column {error.colno}: {error.msg})") from None
    except (ValueError, RecursionError) as error:  # a number too long, brackets too deep
        raise ValueError(f"{_NO_OBJECT} ({error})") from None


def quote_record(quote: Quote) -> dict[str, Any]:
    """Return a quote for a program: its words, who says them, where and when."""
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "segment": quote.segment,
        "episode": quote.episode,
        "source": quote.source,
        "start": quote.start,
        "end": quote.end,
        "from": quote.since,
        "until": quote.until,
        "line": quote.line,
    }
