"""One person does something a hundred times; a colleague is answered as if they had not."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.answers import Answerer
from bot.slack import Policy, Services, build_app, one_workspace
from bot.slack.answer.buttons import CONTEXT, MORE, SHARE
from bot.slack.asking.form import ASK, ASK_FORM, ASK_SHORTCUT
from bot.slack.asking.shortcut import EPISODE_SAYS
from bot.slack.home.blocks import SET_DAILY
from bot.slack.quiz.views import QUIZ
from bot.storage import Store
from bot.terminal import Call
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import CHANNEL, Mode, Workspace

pytestmark = pytest.mark.slow

BILL, HIS_MESSAGE = "U0000BILL0", "1700000000.000009"
TIMES, WORKERS = 100, 5
LONG = 30  # seconds: no call to Slack that is not for Bill comes back before he is answered


@pytest.fixture
def mode() -> Mode:
    """How a request comes changes nothing here."""
    return "socket_mode"


@pytest.fixture
def at_ease(slack: FakeSlack) -> Event:
    """Until it is set, calls to Slack hang that are not for Bill."""
    return hang(slack)


@pytest.fixture
def busy(answerer: Answerer, slack: FakeSlack, mode: Mode, at_ease: Event) -> Iterator[Workspace]:
    """A workspace with as many workers as Bolt has."""
    client = WebClient(base_url=slack.url, retry_handlers=[])
    with closing(Store.open()) as store, ThreadPoolExecutor(WORKERS) as executor:
        app = build_app(
            Services.of(answerer, store, Policy(rate_limit="1000/minute")),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=executor,
        )
        yield Workspace(app, slack, executor, mode)
        at_ease.set()


def hang(slack: FakeSlack) -> Event:
    """Have calls to Slack hang until the event is set, but not those for Bill."""
    at_ease = Event()

    def held(serve: Callable[[Call], dict[str, Any]]) -> Callable[[Call], dict[str, Any]]:
        def served(call: Call) -> dict[str, Any]:
            if not for_bill(call):
                at_ease.wait(LONG)
            return serve(call)

        return served

    for method in ("response_url", "views.open", "views.push", "chat.postMessage", "users.info"):
        slack.handlers[method] = held(slack.handlers[method])
    return at_ease


def for_bill(call: Call) -> bool:
    return BILL in (call.body.get("user"), call.body.get("user_id")) or (
        call.body.get("thread_ts") == HIS_MESSAGE
    )


VALUE = '[["episode-02","0123456789ab",[[1,2]]]]'


def press(action: str) -> Callable[[Workspace], None]:
    return lambda busy: _ok(busy.press({"action_id": action, "value": VALUE}))


def command(words: str) -> Callable[[Workspace], None]:
    return lambda busy: _ok(busy.command(words))


def shortcut(name: str, *, message: bool) -> Callable[[Workspace], None]:
    said = {"text": "what is RAG?", "ts": "1.1", "user": "U1"} if message else None
    return lambda busy: _ok(busy.shortcut(name, said))


def thumb(busy: Workspace) -> None:
    feedback = {"type": "feedback_buttons", "action_id": "thumbs", "value": f'["a",true,{VALUE}]'}
    _ok(busy.press(feedback))


def mention(busy: Workspace) -> None:
    _ok(busy.mention("@llm what is RAG?"))


def direct(busy: Workspace) -> None:
    _ok(busy.direct("what is RAG?"))


def home(busy: Workspace) -> None:
    _ok(busy.event("app_home_opened", user="U0000ALEXA", tab="home", channel="D0DIRECT"))


def _ok(response: Any) -> None:
    assert response.status == 200


@pytest.mark.parametrize(
    "act",
    [
        command("forget me"),
        command("privacy"),
        command("quiz"),
        command("daily status"),
        command("what is RAG?"),
        press(CONTEXT),
        press(MORE),
        press(SHARE),
        press(QUIZ),
        press(ASK),
        press(SET_DAILY),
        thumb,
        mention,
        direct,
        home,
        shortcut(EPISODE_SAYS, message=True),
        shortcut(ASK_SHORTCUT, message=False),
    ],
)
def test_whatever_one_person_does_a_hundred_times_a_colleague_is_answered(
    busy: Workspace, slack: FakeSlack, act: Callable[[Workspace], None]
) -> None:
    for _ in range(TIMES):
        act(busy)
    began = time.monotonic()
    busy.mention("@llm what is tokenization?", user=BILL, ts=HIS_MESSAGE)
    while not answered_bill(slack):
        assert time.monotonic() - began < LONG / 2
        time.sleep(0.01)


def test_forms_that_would_wait_in_line_stay_open_and_hold_nobody_up(
    busy: Workspace, slack: FakeSlack, at_ease: Event
) -> None:
    question = {"type": "plain_text_input", "value": "what is RAG?"}
    for _ in range(10):
        _ok(busy.command("what is RAG?"))
    # The first two hang, so that a form which waited for its turn would never come back.
    told = [busy.submit({"callback_id": ASK_FORM}, question=question) for _ in range(10)]
    errors = [json.loads(one.body) for one in told]
    assert all("Please try again in 5 seconds" in one["errors"]["question"] for one in errors)
    at_ease.set()
    slack.wait_for("response_url", 10)


def answered_bill(slack: FakeSlack) -> bool:
    return any(
        call.method == "chat.postMessage"
        and call.body["channel"] == CHANNEL
        and call.body.get("thread_ts") == HIS_MESSAGE
        for call in list(slack.calls)
    )
