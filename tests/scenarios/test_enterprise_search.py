"""Slack's own search: a query in, quotes with their links out, then the acknowledgement."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answer, Answerer, ready
from bot.episodes import load
from bot.links import NO_LINKS, Links
from bot.slack import Policy
from bot.slack.manifest import SEARCH_EPISODES
from bot.storage import Store
from tests.fakes.shows import GARDEN, write_episode, write_shows
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import USER, Workspace, event_payload, told

EVER = datetime(2026, 1, 1, tzinfo=UTC)
COMPLETED, FAILED = "functions.completeSuccess", "functions.completeError"
TEA, BREAD = "how hot should the water be for green tea?", "how long do you knead a sourdough?"
UNKNOWN = "who won the football championship?"
BILL = "U0000BILL0"
LAWN = """\
WEBVTT

00:00:00.000 --> 00:00:06.000
<v Noor Haddad>When do you mow a lawn for the first time in a year?

00:00:06.000 --> 00:00:17.000
<v Bo Lind>You mow a lawn for the first time in April, once it is as high as a hand.
"""


@pytest.fixture(scope="session")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """What answers from a show with a recording, one without, and an episode without a date."""
    folder = tmp_path_factory.mktemp("knowledge")
    write_shows(folder)
    write_episode(folder, "garden-8", GARDEN, "Undated", LAWN)
    metadata = folder / "garden-8" / "episode.yaml"
    metadata.write_text(metadata.read_text("utf-8").replace("date: 2026-11-22\n", ""), "utf-8")
    return ready(load(folder), folder)


@pytest.fixture
def answerer(shows: Answerer) -> Answerer:
    return shows


@pytest.fixture
def links() -> Links:
    return Links("https://pages.example.com", "signed", ["0123456789abcdef"])


def person(user_id: str = USER) -> dict[str, Any]:
    """Who searches, as Slack puts it among the inputs."""
    return {"id": user_id, "secret": "0" * 16}


def search(workspace: Workspace, **inputs: Any) -> list[tuple[str, dict[str, Any]]]:
    """What Slack is asked to do for a search, before it is acknowledged."""
    response = workspace.step(SEARCH_EPISODES, inputs)
    assert (response.status, response.body) == (200, "")
    return ended(workspace)


def ended(workspace: Workspace) -> list[tuple[str, dict[str, Any]]]:
    """How searches ended: with results, or with words."""
    return [
        (call.method, call.body)
        for call in workspace.slack.calls
        if call.method in {COMPLETED, FAILED}
    ]


def found(workspace: Workspace, query: Any, user_id: str = USER) -> list[dict[str, Any]]:
    """The results of a search."""
    method, body = search(workspace, query=query, user_context=person(user_id))[-1]
    assert (method, body["function_execution_id"]) == (COMPLETED, "Fx1")
    results: list[dict[str, Any]] = json.loads(body["outputs"])["search_results"]
    return results


def test_results_are_the_answers_quotes_with_the_links_of_their_pages(
    workspace: Workspace, answerer: Answerer, links: Links
) -> None:
    first, *_ = results = found(workspace, BREAD)
    link = first.pop("link")
    assert links.read_quote(link) is not None
    assert first == {
        "external_ref": {"id": first["external_ref"]["id"]},
        "title": "Ada Park · Sourdough & patience · Kitchen Talks, Episode 3: Tea, Bread & Pasta"
        " · 10:22",
        "description": "You knead a sourdough for twelve minutes by hand. After that the dough "
        "rests for an hour under a towel, or it tears when you shape it.",
        "date_updated": "2026-11-22",
    }
    answer = answerer.ask(BREAD)
    assert isinstance(answer, Answer)
    dated = [one for one in (*answer.quotes, *answer.further) if one.episode != "garden-8"]
    assert [one["description"] for one in results] == [one.text for one in dated]
    assert len(results) > 1


def test_every_result_is_the_transcripts_own_words(
    workspace: Workspace, answerer: Answerer
) -> None:
    sources = [one.text for one in answerer.episodes]
    results = found(workspace, TEA)
    assert len(results) > 1
    for result in results:
        assert any(result["description"] in source for source in sources)
    assert len({result["external_ref"]["id"] for result in results}) == len(results)


def test_chapters_that_no_transcript_holds_are_no_quotes(
    workspace: Workspace, answerer: Answerer
) -> None:
    asked = "the segments of episode 3"
    assert isinstance(answerer.ask(asked), Answer)
    assert found(workspace, asked) == []


@pytest.mark.parametrize("query", [UNKNOWN, "hello", "?!", "", None, 7, ["tea"]])
def test_what_the_episodes_do_not_say_has_no_results_and_is_not_kept(
    workspace: Workspace, store: Store, query: Any
) -> None:
    assert found(workspace, query) == []
    assert store.questions.asked(EVER) == []


@pytest.mark.parametrize("inputs", [{}, None, {"user_context": None}])
def test_a_search_without_a_query_finds_nothing(workspace: Workspace, inputs: Any) -> None:
    assert workspace.step(SEARCH_EPISODES, inputs).status == 200
    [(method, body)] = ended(workspace)
    assert (method, json.loads(body["outputs"])) == (COMPLETED, {"search_results": []})


def test_what_is_found_is_kept_as_its_searchers_question(
    workspace: Workspace, store: Store
) -> None:
    found(workspace, BREAD)
    found(workspace, TEA, BILL)
    kept = {(one.surface, one.question, one.answered) for one in store.questions.asked(EVER)}
    assert kept == {("search", BREAD, True), ("search", TEA, True)}
    assert "Deleted 1 record " in told(workspace, "forget me")
    assert [one.question for one in store.questions.asked(EVER)] == [TEA]


@pytest.mark.parametrize("who", [None, {}, {"id": None}, {"id": ["U1"]}, "U1"])
def test_a_search_of_nobody_known_is_answered_and_not_kept(
    workspace: Workspace, store: Store, who: Any
) -> None:
    [(method, body)] = search(workspace, query=BREAD, user_context=who)
    assert method == COMPLETED
    assert json.loads(body["outputs"])["search_results"]
    assert store.questions.asked(EVER) == []


def test_a_search_is_acknowledged_only_once_it_is_complete(
    workspace: Workspace, slack: FakeSlack
) -> None:
    inputs = {"query": BREAD, "user_context": person()}
    with ThreadPoolExecutor(1) as slacks:
        with slack.hold(COMPLETED) as came:
            response = slacks.submit(workspace.step, SEARCH_EPISODES, inputs)
            assert came.wait(5)
            with pytest.raises(TimeoutError):
                response.result(timeout=0.2)
        assert response.result(timeout=5).status == 200


def test_a_search_that_comes_again_is_acknowledged_and_done_once(workspace: Workspace) -> None:
    event = {
        "type": "function_executed",
        "function": {"callback_id": SEARCH_EPISODES},
        "inputs": {"query": BREAD, "user_context": person()},
        "function_execution_id": "Fx1",
        "bot_access_token": workspace.slack.token,
    }
    payload = event_payload(workspace.slack, event)
    for number in range(3):
        retried = {"x-slack-retry-num": str(number), "x-slack-retry-reason": "http_timeout"}
        assert workspace.send_json(payload, retried).status == 200
    assert [method for method, _ in ended(workspace)] == [COMPLETED]


class TestWithoutPages:
    @pytest.fixture
    def links(self) -> Links:
        return NO_LINKS

    def test_a_result_leads_into_the_recording(self, workspace: Workspace) -> None:
        result, *_ = found(workspace, BREAD)
        assert result["link"] == "https://cdn.example/3.mp3#t=622,634"

    def test_what_has_neither_page_nor_recording_is_left_out(self, workspace: Workspace) -> None:
        results = found(workspace, "when do you prune a rose?")
        assert not any("garden" in result["external_ref"]["id"] for result in results)


class TestTooOften:
    @pytest.fixture
    def policy(self) -> Policy:
        return Policy(rate_limit="1/minute")

    def test_whoever_searches_too_often_is_told_so_and_nobody_else(
        self, workspace: Workspace
    ) -> None:
        assert found(workspace, BREAD)
        method, body = search(workspace, query=TEA, user_context=person())[-1]
        assert method == FAILED
        assert body["error"].startswith("That was a lot at once")
        assert found(workspace, TEA, BILL)


class TestWhereSlackRefuses:
    @pytest.fixture(autouse=True)
    def _meant(self, slack: FakeSlack) -> Iterator[None]:
        """The refusals are what is tested."""
        yield
        slack.refused.clear()

    def test_a_search_that_fails_says_so_without_the_reason(
        self, workspace: Workspace, slack: FakeSlack, store: Store
    ) -> None:
        slack.fail_next(COMPLETED, error="fatal_error")
        *_, (method, body) = search(workspace, query=BREAD, user_context=person())
        assert method == FAILED
        assert body["error"] == "Something went wrong here. Please search again in a few minutes."
        assert store.questions.asked(EVER) == []

    def test_it_is_acknowledged_even_where_slack_takes_no_word(
        self, workspace: Workspace, slack: FakeSlack
    ) -> None:
        slack.fail_next(COMPLETED, error="fatal_error")
        slack.fail_next(FAILED, error="fatal_error")
        search(workspace, query=BREAD, user_context=person())
        assert found(workspace, BREAD)


def test_an_episode_without_a_date_is_left_out(workspace: Workspace, answerer: Answerer) -> None:
    asked = "when do you mow a lawn for the first time?"
    answer = answerer.ask(asked)
    assert isinstance(answer, Answer)
    assert answer.quotes[0].episode == "garden-8"
    assert not [one for one in found(workspace, asked) if "Undated" in one["title"]]
