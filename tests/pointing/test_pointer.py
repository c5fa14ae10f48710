import json
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.answers import Candidate, Pick
from bot.pointing import Pointing, Reply, Terms, When
from bot.pointing.breaker import FAILURES
from bot.pointing.endpoint import EndpointError
from bot.pointing.pointer import FEWEST, SURE
from tests.fakes.endpoint import chosen

Make = Callable[..., Pointing]
FIRST = Reply(json.dumps(chosen((1, 1, 1))), 700)


class Model:
    """Replies as it is told, and counts how often it was asked."""

    def __init__(self, reply: Reply | Exception = FIRST) -> None:
        self.reply, self.asked = reply, 0

    def __call__(self, shown: str) -> Reply:
        assert json.loads(shown)["question"]
        self.asked += 1
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@pytest.fixture
def make() -> Iterator[Make]:
    with ThreadPoolExecutor(2) as executor:

        def made(
            model: Callable[[str], Reply],
            *,
            seconds: float = 5,
            tokens: int = 10_000,
            when: When = "unsure",
            agreed: Callable[[str], bool] | None = None,
        ) -> Pointing:
            terms = Terms(seconds, tokens, when)
            return Pointing(model, "gpt", "example.com", terms, executor, agreed=agreed)

        yield made


def test_what_it_points_at_comes_back_with_what_it_cost(
    make: Make, candidates: Sequence[Candidate]
) -> None:
    pointed = make(Model()).of("T1").point("Why?", [], candidates)
    assert pointed is not None
    assert (pointed.model, pointed.picks, pointed.tokens) == ("gpt", (Pick(0, 0, 0),), 700)
    assert 0 <= pointed.seconds < 5


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("unsure", [False, True, True, True, False]),
        ("always", [False, True, True, True, True]),
    ],
)
def test_it_is_asked_where_the_bot_is_unsure(make: Make, when: When, asked: list[bool]) -> None:
    pointer = make(Model(), when=when).of("T1")
    confidences = (FEWEST - 0.01, FEWEST, 0.4, SURE, SURE + 0.01)
    assert [pointer.wants(one) for one in confidences] == asked


def test_a_workspace_that_has_not_agreed_is_not_asked_for(make: Make) -> None:
    pointing = make(Model(), agreed=lambda team: team == "T1")
    assert [pointing.of(team).wants(0.4) for team in ("T1", "T2", None)] == [True, False, False]


def test_where_the_bot_is_sure_nobody_looks_whether_a_workspace_agrees(make: Make) -> None:
    def agreed(team: str) -> bool:
        raise AssertionError(team)

    assert not make(Model(), agreed=agreed).of("T1").wants(0.9)


def test_nothing_is_asked_where_there_is_nothing_to_choose(make: Make) -> None:
    model = Model()
    assert make(model).of("T1").point("Why?", [], []) is None
    assert model.asked == 0


def test_a_workspace_that_has_used_up_its_tokens_waits_for_tomorrow(
    make: Make, candidates: Sequence[Candidate]
) -> None:
    model = Model()
    pointing = make(model, tokens=1_000)
    of_one, of_other = pointing.of("T1"), pointing.of("T2")
    assert [bool(of_one.point("Why?", [], candidates)) for _ in range(4)] == [
        True,
        True,
        False,
        False,
    ]
    assert of_other.point("Why?", [], candidates)
    assert model.asked == 3


def test_tokens_that_nobody_told_are_reckoned_by_length(
    make: Make, candidates: Sequence[Candidate]
) -> None:
    pointed = make(Model(FIRST._replace(tokens=None))).of("T1").point("Why?", [], candidates)
    words = sum(len(said) for one in candidates for said in one.sentences)
    assert pointed
    assert pointed.tokens > words / 4


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (EndpointError("it answers 500"), "it answers 500"),
        (Reply("I think it is the second.", 9), "a reply in another form than was asked for"),
        (Reply(json.dumps(chosen((9, 1, 1))), 9), "a passage that there is not"),
        (RuntimeError("secret words"), "RuntimeError"),
        (RecursionError("secret words"), "RecursionError"),
    ],
)
def test_whatever_fails_is_told_and_no_error(
    make: Make,
    candidates: Sequence[Candidate],
    caplog: pytest.LogCaptureFixture,
    reply: Reply | Exception,
    why: str,
) -> None:
    pointed = make(Model(reply)).of("T1").point("Secret question?", [], candidates)
    assert pointed is not None
    assert pointed.picks is None
    assert why in caplog.text
    assert "ecret" not in caplog.text


def test_what_is_late_is_not_waited_for(
    make: Make, candidates: Sequence[Candidate], caplog: pytest.LogCaptureFixture
) -> None:
    over = Event()

    def late(_shown: str) -> Reply:
        over.wait(30)
        return FIRST

    try:
        pointed = make(late, seconds=0.05).of("T1").point("Why?", [], candidates)
    finally:
        over.set()
    assert pointed is not None
    assert pointed.picks is None
    assert pointed.tokens > 0  # what was sent is paid for
    assert "no answer within 0.05 s" in caplog.text


def test_while_the_process_ends_the_bot_answers_alone(candidates: Sequence[Candidate]) -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    pointing = Pointing(Model(), "gpt", "example.com", Terms(5, 10_000), executor)
    pointed = pointing.of("T1").point("Why?", [], candidates)
    assert pointed is not None
    assert pointed.picks is None


def test_one_that_fails_again_and_again_is_left_alone(
    make: Make, candidates: Sequence[Candidate]
) -> None:
    model = Model(EndpointError("it answers 500"))
    pointer = make(model).of("T1")
    given = [pointer.point("Why?", [], candidates) for _ in range(FAILURES + 3)]
    assert model.asked == FAILURES
    assert [one is None for one in given] == [False] * FAILURES + [True] * 3


def test_the_log_names_no_question(
    make: Make, candidates: Sequence[Candidate], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    make(Model()).of("T1").point("Secret question?", ["Secret before?"], candidates)
    assert "The model gpt chose 1 passages" in caplog.text
    assert "ecret" not in caplog.text


def test_what_is_chosen_for_a_workspace_is_remembered_for_it_alone(make: Make) -> None:
    pointing = make(Model())
    assert [pointing.of(team).key for team in ("T1", "T2", None)] == [
        "gpt 1 T1",
        "gpt 1 T2",
        "gpt 1 ",
    ]
