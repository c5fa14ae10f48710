"""One episode alone, of another podcast, that has neither takeaways nor terms nor segments."""

from dataclasses import replace

import pytest

from bot.answers import Answerer
from bot.episodes import Library, check
from bot.slack.blocks.episodes import PICK_EPISODE
from bot.slack.help import COMMAND
from tests.answers.second_episode import METADATA, TRANSCRIPT
from tests.fakes.workspace import DIRECT, USER, Workspace
from tests.scenarios.test_episodes import controls, named, sent


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("knowledge") / "episode-03"
    folder.mkdir()
    (folder / "transcript.md").write_text(TRANSCRIPT, "utf-8")
    (folder / "episode.yaml").write_text(METADATA, "utf-8")
    [whole] = check(folder).episodes
    bare = tuple(replace(part, title="") for part in whole.segments)
    date = "2026-01-01"
    return Answerer(Library([replace(whole, takeaways=(), terms=(), segments=bare, date=date)]))


def test_the_list_has_one_line(workspace: Workspace) -> None:
    workspace.command("episodes")
    body = sent(workspace)
    assert named(body) == [
        "Episode 3: Sourdough at Scale · 1\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026"
    ]
    assert body["text"].startswith("There is one episode:")
    assert list(controls(body)) == [PICK_EPISODE]


def test_home_has_no_picker(workspace: Workspace) -> None:
    workspace.event("app_home_opened", tab="home", user=USER, channel=DIRECT)
    workspace.settle()
    view = workspace.slack.wait_for("views.publish")[-1].body["view"]
    assert PICK_EPISODE not in controls(view)
    assert "Ask Tech Leadership Unpacked" in str(view["blocks"][0])


def test_nothing_is_suggested_that_it_has_not(workspace: Workspace) -> None:
    workspace.command("hi")
    assert not [name for name in controls(sent(workspace)) if "suggested" in name]
    workspace.command("help")
    text = sent(workspace)["text"]
    for absent in ("define", "takeaways:", "segments", "terms", "quiz"):
        assert f"{COMMAND} {absent}" not in text
    workspace.command("summarize that")
    assert not [name for name in controls(sent(workspace)) if "suggested" in name]
