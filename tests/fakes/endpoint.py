"""An OpenAI-compatible endpoint on the loopback, with a mind that a test gives it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.evaluation.questions import Question
from tests.fakes.web_host import Answer, Handler, WebHost

PATH = "/v1/chat/completions"
Shown = Mapping[str, Any]  # what a model is shown: question, earlier, passages
Mind = Callable[[Shown], object]  # what it makes of that; text is sent as it is


def chosen(*answers: tuple[int, int, int]) -> dict[str, Any]:
    """A reply that points at passages, each with its first and last sentence, from 1."""
    names = ("passage", "first", "last")
    return {"answers": [dict(zip(names, one, strict=True)) for one in answers]}


def completion(reply: object, tokens: int = 100) -> Answer:
    """The answer of an endpoint whose model replies so."""
    words = reply if isinstance(reply, str) else json.dumps(reply)
    return answering(
        {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "fake",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": words},
                }
            ],
            "usage": {"prompt_tokens": tokens, "completion_tokens": 0, "total_tokens": tokens},
        }
    )


def answering(body: object) -> Answer:
    return Answer(json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def shown(body: bytes) -> Shown:
    """What the model was shown in a request."""
    held: Shown = json.loads(json.loads(body)["messages"][-1]["content"])
    return held


@contextmanager
def endpoint(mind: Mind, **minds: Mind) -> Iterator[WebHost]:
    """An endpoint that thinks so; its address ends with /v1. `minds` are models by their names."""

    def think(handler: Handler) -> None:
        named = minds.get(json.loads(handler.body)["model"], mind)
        handler.answer(completion(named(shown(handler.body))))

    with WebHost({PATH: think}) as host:
        yield host


def oracle(questions: Iterable[Question]) -> Mind:
    """Knows which words answer: what a perfect pointer would choose of what it is shown."""
    golds = {one.text: one.gold for one in questions}

    def think(what: Shown) -> dict[str, Any]:
        gold = golds.get(what["question"], ())
        found = (_holding(one, gold) for one in what["passages"])
        return chosen(*filter(None, found))

    return think


def _holding(passage: Mapping[str, Any], gold: Iterable[str]) -> tuple[int, int, int] | None:
    """Return the fewest sentences of a passage that hold one of the golds, if any do."""
    said = list(passage["sentences"].values())
    runs = sorted(
        ((first, last) for first in range(len(said)) for last in range(first, len(said))),
        key=lambda run: run[1] - run[0],
    )
    for first, last in runs:
        words = " ".join(said[first : last + 1])
        if any(one in words for one in gold):
            return passage["passage"], first + 1, last + 1
    return None


def worst(what: Shown) -> dict[str, Any]:
    """Choose the passage that was shown last, whatever is asked."""
    last = what["passages"][-1]
    return chosen((last["passage"], 1, len(last["sentences"])))


def everything(what: Shown) -> dict[str, Any]:
    """Choose all that was shown, whatever is asked."""
    return chosen(*((one["passage"], 1, len(one["sentences"])) for one in what["passages"]))
