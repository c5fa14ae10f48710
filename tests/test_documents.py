"""README, contributing guide and `.env.example` say what the code does."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_group

from bot.__main__ import app
from bot.answers import Answer, Answerer, ready
from bot.answers.confidence.model import MODELS
from bot.answers.language.thesaurus import read_thesaurus
from bot.episodes import check, load
from bot.evaluation.questions import read_questions
from bot.jsonl import answer_lines, record
from bot.settings import Settings
from bot.slack import Services
from bot.slack.help import COMMAND, SUBCOMMANDS
from bot.storage import Store
from bot.terminal import chat

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
PAGES = {path.stem: path.read_text("utf-8") for path in (ROOT / ".github" / "docs").glob("*.md")}
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    ".github/CONTRIBUTING.md",
    *(f".github/docs/{name}.md" for name in PAGES),
)
SETTINGS = {field.name.upper() for field in fields(Settings)}
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
COMMANDS = set(get_group(app).commands)


def blocks(document: str, language: str) -> list[str]:
    """Return a document's fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.MULTILINE | re.DOTALL)


def code(document: str) -> Iterator[str]:
    """All that a document sets as code, inline and fenced."""
    for fenced, inline in re.findall(
        r"^ *```\w*\n(.*?)^ *```|`([^`\n]+)`", document, re.MULTILINE | re.DOTALL
    ):
        yield fenced or inline


def words(shown: str) -> list[str]:
    """What is said, wherever the lines break."""
    return shown.replace("▎", " ").split()


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return ready(load(ROOT / "knowledge"), ROOT / "knowledge")


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """The knowledge folder that the README describes."""
    folder = tmp_path / "episode-03"
    folder.mkdir()
    metadata, thesaurus = blocks(PAGES["episodes"], "yaml")
    (folder / "transcript.md").write_text(blocks(PAGES["episodes"], "markdown")[0], "utf-8")
    (folder / "episode.yaml").write_text(metadata, "utf-8")
    (tmp_path / "thesaurus.yaml").write_text(thesaurus, "utf-8")
    return tmp_path


def test_the_exchange_is_what_the_bot_says(answerer: Answerer) -> None:
    exchange = blocks(README, "text")[0]
    asked = re.findall(r"^> (.+)", exchange, re.MULTILINE)
    said = io.StringIO()
    with closing(Store.open()) as store:
        chat(Services.of(answerer, store), io.StringIO("\n".join(asked)), said)
    assert words(exchange) == words(said.getvalue())


def test_the_settings_table_has_every_key_and_no_other() -> None:
    assert set(re.findall(r"^\| `(\w+)`", PAGES["settings"], re.MULTILINE)) == SETTINGS


def test_the_example_of_an_environment_has_every_key_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^#?(\w+)=", example, re.MULTILINE)) == SETTINGS


def test_what_can_be_asked_is_what_help_lists() -> None:
    listed = re.findall(rf"^\| `{COMMAND} ([^`]+)`", README, re.MULTILINE)
    assert [usage.replace(r"\|", "|") for usage in listed] == list(SUBCOMMANDS)


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    tables = "\n".join((README, *PAGES.values()))
    for table in re.findall(r"(?:^\|.*\|\n)+", tables, re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(cells) == 1, table


def test_every_command_is_explained_and_every_one_named_exists() -> None:
    listed = re.findall(r"^\| `python -m bot (\w+)", PAGES["command-line"], re.MULTILINE)
    named = re.findall(r"python -m bot (\w+)", "".join((README, CONTRIBUTING, *PAGES.values())))
    assert sorted(listed) == sorted(COMMANDS)
    assert set(named) <= COMMANDS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_named_exists(name: str) -> None:
    document = (ROOT / name).read_text("utf-8")
    assert set(re.findall(r"\bmake ([a-z]+)", "\n".join(code(document)))) <= TARGETS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#]+)", path.read_text("utf-8"))
    lost = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not lost


def test_the_example_of_an_episode_is_read_without_a_fault(knowledge: Path) -> None:
    library = check(knowledge)
    assert not library.faults
    [episode] = library.episodes
    assert (len(episode.takeaways), len(episode.terms)) == (2, 2)


def test_the_example_of_a_thesaurus_is_read(knowledge: Path) -> None:
    thesaurus = read_thesaurus(knowledge / "thesaurus.yaml")
    assert thesaurus.concepts(["stale"]) == {"freshness"}


def test_the_example_of_an_episode_answers_by_its_aliases(knowledge: Path) -> None:
    answer = ready(load(knowledge), knowledge).ask("define conical mill")
    assert isinstance(answer, Answer)
    assert (answer.kind, answer.quotes[0].label) == ("definition", "Burr Mill")


def test_the_example_of_a_question_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(blocks(PAGES["evaluation"], "yaml")[0], "utf-8")
    assert [question.answerable for question in read_questions(path)] == [True, False]


def test_the_example_records_are_those_of_ask(answerer: Answerer) -> None:
    asked, shown = blocks(PAGES["command-line"], "json")
    [answered] = answer_lines(answerer, [asked])
    assert "error" not in answered
    expected = json.loads(shown)
    assert record(answerer.ask(expected["question"])) == expected


def test_the_threshold_is_that_of_the_code() -> None:
    assert f"Below {MODELS.read.threshold} the bot says" in " ".join(README.split())
