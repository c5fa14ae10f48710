"""However late an endpoint is, a question waits for it no longer than MODEL_TIMEOUT and .2 s."""

import time
from collections.abc import Callable

import pytest

from bot.answers import Answerer, ready
from bot.bootstrap.pointing import pointer
from bot.episodes import load
from bot.settings import Settings
from tests.answers.conftest import KNOWLEDGE
from tests.answers.test_pointing import UNSURE
from tests.fakes.endpoint import PATH, completion
from tests.fakes.web_host import Answer, Handler, WebHost
from tests.pointing.test_endpoint import drip_body, drip_headers

TIMEOUT, MORE = 1, 0.2
LATE: dict[str, Answer | Callable[[Handler], None]] = {
    "silent": lambda handler: handler.hang(),
    "silent after its headers": lambda handler: handler.hang(b"HTTP/1.1 200 OK\r\n\r\n"),
    "headers without end": drip_headers,
    "a body without end": drip_body,
    "a megabyte of prose": completion("word " * 200_000),
    "too many requests": Answer(b"{}", 429, {"Retry-After": "60"}),
    "broken": Answer(b"", 500),
}


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    made = ready(load(KNOWLEDGE), KNOWLEDGE)
    made.ask(UNSURE)  # the reader is loaded
    return made


@pytest.mark.parametrize("how", LATE)
def test_a_question_waits_no_longer(answerer: Answerer, how: str) -> None:
    with WebHost({PATH: LATE[how]}) as host:
        environ = {"MODEL_URL": host.url("/v1"), "MODEL_NAME": how, "MODEL_TIMEOUT": str(TIMEOUT)}
        with pointer(Settings.read(environ)) as one:
            began = time.perf_counter()
            answer = answerer.ask(UNSURE, pointer=one)
            waited = time.perf_counter() - began
    assert answer.consulted
    assert answer.consulted.outcome == "failed"
    print(f"\n{how}: {waited:.3f} s")
    assert waited <= TIMEOUT + MORE
