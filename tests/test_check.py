"""`check`: what it says of files that are read, and of those that are not."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.answers import Answerer
from bot.answers.language.spoken import spoken
from bot.episodes import Episode, load
from bot.episodes.telling import length
from bot.jsonl import answer_lines

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
CUE = "{at:02}:00.000 --> {at:02}:04.000\n<v {who}>{words}\n\n"
GERMAN = (
    "Herzlich willkommen zu unserer neuen Folge, in der wir heute über die Zubereitung von Tee "
    "sprechen und darüber, warum frisches Wasser dabei so wichtig ist. "
)
ENGLISH = "Welcome to the show, where we talk about tea and about the water that it is made with. "


def captions(*said: tuple[str, str]) -> str:
    cues = (CUE.format(at=at, who=who, words=words) for at, (who, words) in enumerate(said))
    return "WEBVTT\n\n" + "".join(cues)


def check(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", str(path), *options])


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    names = ("Ada Park", "Ben Ode", "Cy Lund", "Di Moss", "Ed Noor")
    path.write_text(captions(*((name, ENGLISH) for name in names)), "utf-8")
    return path


def test_an_episode_is_told_in_two_lines(talk: Path) -> None:
    told = check(talk)
    assert told.exit_code == 0
    assert told.stderr == ""
    assert told.stdout.splitlines() == [
        "talk.vtt: Talk",
        "  WebVTT; Ada Park, Ben Ode, Cy Lund and 2 more; 5 turns, 90 words, 0:04:04; English",
    ]


def test_the_projects_own_form_tells_what_it_always_told() -> None:
    assert check(KNOWLEDGE).stdout.startswith(
        "episode-02/transcript.md: Episode 2: Large Language Models Deep Dive\n"
        "  2 hosts, 8 segments, 142 turns, 2 stage directions, 8 takeaways, 13 terms; "
        "72 minutes planned"
    )


def test_a_refused_file_is_one_line_with_its_reason(tmp_path: Path, talk: Path) -> None:
    (tmp_path / "feed.xml").write_text("<rss><channel></channel></rss>", "utf-8")
    told = check(tmp_path)
    assert told.exit_code == 1
    assert told.stderr == f"{tmp_path}/feed.xml:1: is a feed (RSS), no transcript\n"
    assert told.stdout.startswith(f"{talk.name}: Talk")


def test_of_many_faults_the_first_is_told_or_all(tmp_path: Path) -> None:
    path = tmp_path / "episode.md"
    path.write_text("# Episode 3: Tea\nx\n### SEGMENT 1: A\ny\nz\n", "utf-8")
    first, every = check(path), check(path, "--verbose")
    lines = every.stderr.splitlines()
    more = len(lines) - 1
    assert more > 1
    assert first.stderr == f"{lines[0]} (and {more} more; --verbose shows them)\n"
    assert first.exit_code == every.exit_code == 1


def test_another_language_is_a_warning_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(captions(("Ada Park", GERMAN), ("Ben Ode", GERMAN)), "utf-8")
    told = check(path)
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.endswith("German; 1 warning: reads German; answers are tuned for English\n")
    assert check(path, "--verbose").stdout.endswith(
        "  talk.vtt: reads German; answers are tuned for English\n"
    )


def test_warnings_are_told_of_the_episode_that_they_are_about(tmp_path: Path, talk: Path) -> None:
    path = tmp_path / "wrong.vtt"
    path.write_text(talk.read_text("utf-8").replace("03:00.000", "99:59:00.000"), "utf-8")
    told = check(tmp_path)
    assert told.exit_code == 0
    warned = [line for line in told.stdout.splitlines() if "warning" in line]
    assert len(warned) == 1
    assert re.search(r"; 1 warning: line \d+: ", warned[0])
    assert warned[0] in told.stdout.partition("wrong.vtt")[2]


def test_a_language_that_the_file_names_is_not_detected() -> None:
    assert spoken(ENGLISH, "en-GB") == ("English", None)
    assert spoken(GERMAN, "de") == ("German", "reads German; answers are tuned for English")
    assert spoken("Xqzt vrrk plmf zzkw " * 9, "en")[1] == (
        "looks damaged: less than half of its words are English"
    )


def test_an_episode_without_times_has_no_length() -> None:
    [episode] = load(KNOWLEDGE).episodes
    assert isinstance(episode, Episode)
    assert length(episode) == "no times"


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_question_may_name_its_episode(options: tuple[str, ...]) -> None:
    run = CliRunner()
    asked = ["ask", "define RAG", *options, "--episode"]
    assert "Combining retrieved documents" in run.invoke(app, [*asked, "episode-02"]).stdout
    assert str(run.invoke(app, [*asked, "episode-2"]).exception) == (
        "There is no episode 'episode-2'; near it: episode-02"
    )


def test_a_line_may_name_its_episode() -> None:
    answerer = Answerer(load(KNOWLEDGE))
    lines = [
        '{"question": "define RAG", "episode": "episode-02"}',
        '{"question": "define RAG", "episode": null}',
        '{"question": "define RAG", "episode": "episode-3"}',
        '{"question": "define RAG", "episode": 2}',
    ]
    named, open_, unknown, wrong = answer_lines(answerer, lines)
    assert named["answered"]
    assert open_["answered"]
    assert unknown == {"error": "line 3: There is no episode 'episode-3'; near it: episode-02"}
    assert wrong == {"error": "line 4: episode is no slug"}
