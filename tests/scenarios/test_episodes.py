"""Many episodes: their list, the form for one of them, and numbers that several have."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers import Answer, Answerer
from bot.episodes import Library, check
from bot.slack.answer.buttons import MORE
from bot.slack.asking.episodes import page_asked_for
from bot.slack.asking.form import ASK_AGAIN, GONE
from bot.slack.blocks.episodes import NEWER, OLDER, PICK_EPISODE
from bot.storage import Store
from tests.answers.second_episode import METADATA, TRANSCRIPT
from tests.fakes.limits import block_faults, view_faults
from tests.fakes.workspace import CHANNEL, DIRECT, USER, Workspace

BREAD, LONG = 12, "x" * 150 + "/" + "ö" * 49
EVER = datetime(2026, 1, 1, tzinfo=UTC)
STEAM = "why does the crust need steam?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, real_answerer: Answerer) -> Library:
    """A dozen episodes of one show, one of another, and the newest, which has its number."""
    folder = tmp_path_factory.mktemp("knowledge") / "episode-03"
    folder.mkdir()
    (folder / "transcript.md").write_text(TRANSCRIPT, "utf-8")
    (folder / "episode.yaml").write_text(METADATA, "utf-8")
    [bread] = check(folder).episodes
    [models] = real_answerer.episodes
    older = [
        replace(
            bread,
            slug=LONG if number == BREAD else f"bread/{number}",
            number=number + 100,
            show="Daily Bread",
            date=f"2026-01-{number:02}",
        )
        for number in range(1, BREAD + 1)
    ]
    return Library([*older, replace(bread, slug="bread/two", number=2, show="Daily Bread"), models])


@pytest.fixture(scope="module")
def answerer(library: Library) -> Answerer:
    return Answerer(library)


def sent(workspace: Workspace, method: str = "response_url") -> dict[str, Any]:
    """What Slack got last."""
    workspace.settle()
    body: dict[str, Any] = workspace.slack.wait_for(method)[-1].body
    assert block_faults(body["blocks"]) == []
    return body


def named(body: dict[str, Any]) -> list[str]:
    """The lines of a list."""
    [block] = [one for one in body["blocks"] if one["type"] == "rich_text"]
    [items] = [one for one in block["elements"] if one["type"] == "rich_text_list"]
    return ["".join(part["text"] for part in item["elements"]) for item in items["elements"]]


def controls(body: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What can be pressed or chosen, by its action."""
    rows = [block["elements"] for block in body["blocks"] if block["type"] == "actions"]
    return {one["action_id"]: one for row in rows for one in row}


def chosen(menu: dict[str, Any], at: int) -> dict[str, Any]:
    """What Slack sends when an option of a menu is chosen."""
    return {
        "type": "static_select",
        "action_id": menu["action_id"],
        "selected_option": menu["options"][at],
    }


def opened(workspace: Workspace) -> dict[str, Any]:
    """The form that was opened last."""
    workspace.settle()
    view: dict[str, Any] = workspace.slack.wait_for("views.open")[-1].body["view"]
    assert view_faults(view) == []
    return view


def answered(workspace: Workspace, view: dict[str, Any], question: str) -> dict[str, Any]:
    """What a form is answered with."""
    response = workspace.submit(view, question={"value": question})
    workspace.settle()
    body: dict[str, Any] = json.loads(response.body)
    return body


def test_the_list_begins_with_the_newest_and_names_ten_a_page(workspace: Workspace) -> None:
    workspace.command("episodes")
    first = sent(workspace)
    assert len(named(first)) == 10
    assert named(first)[0].startswith("Episode 2: Large Language Models Deep Dive · Tech")
    assert named(first)[2].startswith("Episode 112: Sourdough at Scale · Daily Bread · 12")
    assert first["text"].startswith("Episodes 1 to 10 of 14, the newest first:")
    assert list(controls(first)) == [PICK_EPISODE, OLDER]
    workspace.press(controls(first)[OLDER])
    second = sent(workspace)
    assert second["replace_original"] is True
    assert len(named(second)) == 4
    assert list(controls(second)) == [PICK_EPISODE, NEWER]
    workspace.press(controls(second)[NEWER])
    assert sent(workspace)["blocks"] == first["blocks"]


@pytest.mark.parametrize("value", ["0", "-1", "[]", "x", "", "999999", "1e9"])
def test_a_forged_page_is_some_page(workspace: Workspace, value: str) -> None:
    workspace.press({"action_id": OLDER, "value": value})
    assert named(sent(workspace))


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("episodes", 1),
        ("Episodes 2", 2),
        ("list all episodes", 1),
        ("the episodes?", 1),
        ("episodes 0", 1),
        ("episode 2", None),
        ("which episodes speak of bread?", None),
        ("episodes with Ada", None),
    ],
)
def test_a_list_is_asked_for_in_few_words(words: str, page: int | None) -> None:
    assert page_asked_for(words) == page


def test_the_list_is_a_plain_word_in_messages(workspace: Workspace) -> None:
    workspace.direct("episodes 2")
    assert len(named(sent(workspace, "chat.postMessage"))) == 4
    workspace.mention("@llm episodes")
    assert len(named(sent(workspace, "chat.postMessage"))) == 10


def test_a_question_about_a_chosen_episode_is_answered_from_it(
    workspace: Workspace, store: Store
) -> None:
    workspace.command("episodes")
    menu = controls(sent(workspace))[PICK_EPISODE]
    workspace.press(chosen(menu, 2))
    view = opened(workspace)
    assert "Episode 112" in str(view["blocks"])
    reply = answered(workspace, view, STEAM)
    assert view_faults(reply["view"]) == []
    assert "Daily Bread, Episode 112" in str(reply["view"]["blocks"])
    [kept] = store.questions.asked(EVER)
    assert (kept.passages[0].episode, kept.episode) == (LONG, LONG)
    if more := controls(reply["view"]).get(MORE):
        workspace.press_in_view(more, reply["view"])
        workspace.settle()
        further = workspace.slack.wait_for("views.push")[-1].body["view"]
        assert "Episode 112" in str(further)
        assert "Episode 111" not in str(further)
    workspace.press_in_view({"action_id": ASK_AGAIN}, reply["view"])
    workspace.settle()
    again = workspace.slack.wait_for("views.update")[-1].body["view"]
    assert again["private_metadata"] == view["private_metadata"]
    assert "Episode 112" in str(again["blocks"])


def test_what_only_another_episode_says_is_declined(workspace: Workspace, store: Store) -> None:
    workspace.command("episodes")
    workspace.press(chosen(controls(sent(workspace))[PICK_EPISODE], 2))
    reply = answered(workspace, opened(workspace), "what is the weather on Mars?")
    assert "doesn't say" in str(reply["view"]["blocks"])
    [kept] = store.questions.asked(EVER)
    assert (kept.answered, kept.episode) == (False, LONG)


def test_an_episode_that_has_gone_is_said_to_have(workspace: Workspace) -> None:
    gone = {"text": {"type": "plain_text", "text": "x"}, "value": "0" * 32}
    workspace.press({"type": "static_select", "action_id": PICK_EPISODE, "selected_option": gone})
    assert sent(workspace)["text"] == GONE
    view = {"callback_id": "ask_form", "private_metadata": '{"surface":"home","episode":"gone"}'}
    assert answered(workspace, view, STEAM)["errors"] == {"question": GONE}


def test_home_has_a_picker_beside_the_newest(workspace: Workspace) -> None:
    workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
    workspace.settle()
    view = workspace.slack.wait_for("views.publish")[-1].body["view"]
    assert view_faults(view) == []
    assert "Ask the podcast" in str(view["blocks"][0])
    assert "Large Language Models Deep Dive" in str(view["blocks"])
    menu = controls(view)[PICK_EPISODE]
    assert len(menu["options"]) == 14
    workspace.press(
        chosen(menu, 2),
        view={"type": "home", **view},
        container={"type": "view"},
        channel=None,
        response_url=None,
    )
    reply = answered(workspace, opened(workspace), STEAM)
    assert "Daily Bread, Episode 112" in str(reply["view"]["blocks"])


@pytest.mark.parametrize("surface", ["command", "mention", "direct"])
def test_a_number_that_two_episodes_have_is_asked_about_with_buttons(
    workspace: Workspace, surface: str
) -> None:
    question = "how long is episode 2?"
    if surface == "command":
        workspace.command(question)
        body, where = sent(workspace), {}
    elif surface == "mention":
        workspace.mention(f"@llm {question}")
        body, where = sent(workspace, "chat.postMessage"), _message(CHANNEL)
    else:
        workspace.direct(question)
        body, where = sent(workspace, "chat.postMessage"), _message(DIRECT)
    assert "of which podcast" in body["text"]
    assert "Did you mean" not in body["text"]
    found = [one for name, one in controls(body).items() if name.startswith("ask_suggested")]
    assert [one["text"]["text"] for one in found] == [
        "Tech Leadership Unpacked, Episode 2: Large Language Models Deep Dive",
        "Daily Bread, Episode 2: Sourdough at Scale",
    ]
    workspace.press(found[1], **where)
    shown = sent(workspace, "chat.postMessage" if surface == "direct" else "response_url")
    assert "~25 minutes" in str(shown["blocks"])


def _message(channel: str) -> dict[str, Any]:
    """Where a button of a message that everybody there sees is pressed."""
    place = {"type": "message", "message_ts": "1.1", "channel_id": channel, "is_ephemeral": False}
    return {"container": place, "channel": {"id": channel}}


def test_a_bare_number_offers_no_command(workspace: Workspace) -> None:
    workspace.command("episode 7")
    assert "Did you mean" not in sent(workspace)["text"]


def test_small_talk_speaks_of_the_podcast_and_offers_the_list(workspace: Workspace) -> None:
    workspace.command("hi")
    body = sent(workspace)
    assert "about the podcast" in body["text"]
    [button] = [one for one in controls(body).values() if one["value"] == "episodes"]
    workspace.press(button)
    assert len(named(sent(workspace))) == 10


def test_whatever_is_suggested_is_answered(workspace: Workspace, answerer: Answerer) -> None:
    workspace.command("hi")
    asked = [one["value"] for one in controls(sent(workspace)).values() if "value" in one]
    suggested = [words for words in asked if page_asked_for(words) is None]
    assert len(suggested) == 3
    assert all(isinstance(answerer.ask(words), Answer) for words in suggested)
