"""Each command as a person or a program starts it."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import app

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
COMMANDS = [
    "chat",
    "ask",
    "check",
    "text",
    "evaluate",
    "socket",
    "web",
    "mcp",
    "daily",
    "report",
    "migrate",
    "manifest",
    "follow",
    "unfollow",
    "ingest",
]
DEFINITION = "Combining retrieved documents with generation"


def bot(
    *arguments: str | Path, cwd: Path = ROOT, given: str | bytes = b"", **environ: str
) -> "subprocess.CompletedProcess[str]":
    """Run `python -m bot …` with nothing of this machine's settings."""
    place = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")} | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        cwd=cwd,
        env=place | environ,
        timeout=60,
        check=False,
    )
    said, complained = ended.stdout.decode(), ended.stderr.decode()
    assert "Traceback" not in complained
    return subprocess.CompletedProcess(ended.args, ended.returncode, said, complained)


def records(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A knowledge folder whose only transcript is no text."""
    (tmp_path / "episode-09").mkdir()
    (tmp_path / "episode-09" / "transcript.md").write_bytes(b"\xff\xfe")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"]).output
    assert re.search(rf"Example:.*python -m bot {command}", " ".join(shown.split()))


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("web", "pages on which episodes are read"),
        ("daily", "cards of their new episodes"),
        ("socket", "cards of their new episodes"),
    ],
)
def test_the_help_of_a_process_says_all_that_it_does(command: str, what: str) -> None:
    assert what in " ".join(CliRunner().invoke(app, [command, "--help"]).output.split())


def test_the_help_lists_every_command_and_loads_little() -> None:
    loaded = "import sys; from bot.__main__ import app; app(['--help'], standalone_mode=False); "
    heavy = (
        "print([m for m in ('flask', 'msgspec', 'numpy', 'rich', 'slack_sdk', 'sqlalchemy') "
        "if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", loaded + heavy], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert re.findall(r"^  ([a-z]+) ", ended.stdout, re.MULTILINE) == COMMANDS
    assert not re.search(r"\.\.\.$", ended.stdout.partition("Commands:")[2], re.MULTILINE)  # whole
    assert ended.stdout.endswith("[]\n")


def test_asking_loads_neither_slack_nor_the_drawing() -> None:
    ask = "import sys; from bot.__main__ import app; app(['ask', 'RAG'], standalone_mode=False); "
    heavy = "print([m for m in ('slack_sdk', 'slack_bolt', 'rich') if m in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", ask + heavy], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stdout.endswith("[]\n")


def test_chat_answers_a_pipe_line_after_line_and_ends_well() -> None:
    ended = bot("chat", given="/llm define RAG\n\xff\n1\n", HTTP_PROXY="http://127.0.0.1:1")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert DEFINITION in ended.stdout
    assert "Alex Chen" in ended.stdout


@pytest.mark.parametrize("given", [b"", b"\n\xff\xfe\x00\r\n/llm define RAG"])
def test_chat_takes_any_bytes(given: bytes) -> None:
    assert bot("chat", given=given, PYTHONIOENCODING="ascii").returncode == 0


def test_chat_welcomes_a_terminal_prompts_and_draws_in_colour() -> None:
    terminal, its_end = pty.openpty()
    chat = [sys.executable, "-m", "bot", "chat"]
    environ = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")} | {"TERM": "xterm"}
    with subprocess.Popen(
        chat, cwd=ROOT, env=environ, stdin=its_end, stdout=its_end, stderr=its_end
    ) as process:
        os.close(its_end)
        os.write(terminal, b"/llm define RAG\nexit\n")
        shown = b""
        with suppress(OSError):  # what reading a terminal ends with once nobody writes to it
            while block := os.read(terminal, 4096):
                shown += block
    os.close(terminal)
    assert process.returncode == 0
    assert b"An automated bot" in shown
    assert b"> " in shown
    assert b"\x1b[1mRAG (Retrieval Augmented Generation)\x1b[0m" in shown
    assert b"Traceback" not in shown


def test_ask_answers_as_a_person_reads_it() -> None:
    ended = bot("ask", "define RAG")
    assert ended.returncode == 0
    assert DEFINITION in ended.stdout


def test_ask_answers_as_a_program_reads_it() -> None:
    record = json.loads(bot("ask", "define RAG", "--json").stdout)
    assert list(record) == [
        "question",
        "kind",
        "answered",
        "text",
        "quotes",
        "near",
        "confidence",
        "reason",
    ]
    assert record["answered"] is True
    quote = record["quotes"][0]
    coordinates = ["text", "speaker", "segment", "episode", "source", "start", "end"]
    assert list(quote) == [*coordinates, "from", "until", "line"]
    source = (ROOT / "knowledge" / quote["source"]).read_bytes().decode()
    assert source[quote["start"] : quote["end"]] == quote["text"] == DEFINITION
    assert (quote["speaker"], quote["from"], quote["until"]) == (None, None, None)
    assert DEFINITION in source.splitlines()[quote["line"] - 1]


def test_ask_answers_a_line_with_a_line() -> None:
    asked: list[dict[str, Any]] = [
        {"question": "define RAG"},
        {"question": "Who won the world cup in 1998?", "history": ["define RAG"]},
        {"question": "line\u2028separator \ud800"},
    ]
    ended = bot("ask", "--jsonl", given="\n".join(map(json.dumps, asked)))
    answers = records(ended.stdout)
    assert ended.returncode == 0
    assert [answer["question"] for answer in answers] == [line["question"] for line in asked]
    assert [answer["answered"] for answer in answers[:2]] == [True, False]
    assert answers[1]["quotes"] == []


def test_a_malformed_line_is_named_and_the_others_answered() -> None:
    ended = bot("ask", "--jsonl", given='{"question": "define RAG"}\n\xff\n{"question": "terms"}')
    first, malformed, last = records(ended.stdout)
    assert ended.returncode == 1
    assert malformed["error"].startswith("line 2: ")
    assert first["answered"]
    assert last["answered"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "define RAG"),
        ("chat",),
        ("check",),
        ("evaluate", "few.yaml"),
        ("manifest",),
    ],
)
def test_what_needs_no_credential_does_not_care_about_one(
    arguments: tuple[str, ...], questions: Path
) -> None:
    place = questions.parent
    ended = bot(*arguments, cwd=place, SLACK_BOT_TOKEN="test", SLACK_APP_TOKEN='"test"')
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "RAG", "--jsonl"), ("ask", "RAG", "x")])
def test_a_command_used_wrongly_says_so(arguments: tuple[str, ...]) -> None:
    ended = bot(*arguments)
    assert ended.returncode == 2
    assert "Usage: python -m bot ask" in ended.stderr


def test_ask_says_whether_too_little_or_too_much_was_given() -> None:
    little = CliRunner().invoke(app, ["ask"]).output
    assert "give a QUESTION, or --jsonl" in little
    assert "not both" not in little
    assert "and not both" in CliRunner().invoke(app, ["ask", "RAG", "--jsonl"]).output


def test_a_report_looks_back_no_further_than_there_are_dates(tmp_path: Path) -> None:
    ended = bot("report", "--days", "1000000", cwd=tmp_path)
    assert ended.returncode == 2
    assert "--days" in ended.stderr


def test_a_report_of_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    ended = bot("report", cwd=tmp_path)
    assert ended.returncode == 1
    assert "bot.sqlite3, which is not there" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_migrating_says_whether_secrets_are_encrypted(tmp_path: Path) -> None:
    plain, sealed = (bot("migrate", cwd=tmp_path, TOKEN_KEYS=keys) for keys in ("", "A" * 43 + "="))
    assert "0 secrets are kept as plain text: set TOKEN_KEYS" in plain.stdout
    assert "0 secrets are encrypted with the newest key" in sealed.stdout


def test_check_says_what_every_transcript_holds() -> None:
    ended = bot("check")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "episode-02/transcript.md: Episode 2: Large Language Models Deep Dive" in ended.stdout
    assert "8 takeaways, 13 terms" in ended.stdout


def test_check_names_the_file_that_cannot_be_read(damaged: Path) -> None:
    ended = bot("check", damaged)
    assert ended.returncode == 1
    assert re.search(r"episode-09/transcript\.md:\d+: .*UTF-8", ended.stderr)


@pytest.mark.parametrize("command", [("ask", "RAG"), ("chat",)])
def test_without_any_readable_episode_nothing_is_answered(
    damaged: Path, command: tuple[str, ...]
) -> None:
    ended = bot(*command, KNOWLEDGE_DIR=str(damaged))
    assert ended.returncode == 1
    assert "There is no readable episode in" in ended.stderr
    assert "episode-09/transcript.md" in ended.stderr


def test_in_an_empty_folder_it_is_said_how_to_fill_it(tmp_path: Path) -> None:
    (tmp_path / ".kept").touch()
    ended = bot("ask", "RAG", KNOWLEDGE_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert "`python -m bot follow URL`" in ended.stderr
    assert "python -m bot check" not in ended.stderr


def test_the_manifest_is_for_socket_mode_or_for_an_address() -> None:
    assert "socket_mode_enabled: true" in bot("manifest").stdout
    over_http = bot("manifest", "--url", "https://bot.example.com").stdout
    assert "https://bot.example.com/slack/events" in over_http
    refused = bot("manifest", "--url", "http://bot.example.com")
    assert (refused.returncode, refused.stdout) == (1, "")


def test_the_manifest_has_slacks_search_only_if_it_is_asked_for() -> None:
    asked_for = "search_function_callback_id: search_episodes"
    assert asked_for in bot("manifest", "--search", "--no-step").stdout
    assert asked_for not in bot("manifest").stdout


def test_a_quote_says_file_and_line_and_where_there_are_pages_its_address() -> None:
    place = "episode-02/transcript.md:339"
    assert f"— Alex Chen · Practical takeaways · {place}" in bot("ask", "takeaway 4").stdout
    said = bot("chat", given=b"/llm takeaway 4\n").stdout
    assert f"  Alex Chen · Practical takeaways · {place}\n" in said
    root = "https://pages.example.com"
    said = bot("chat", given=b"/llm takeaway 4\n", PUBLIC_URL=root, PAGES="public").stdout
    assert f"{place} · Read in context {root}/e/episode-02?v=" in said


def test_the_manifest_tells_of_links_to_the_pages_that_there_are() -> None:
    linked = bot("manifest", PUBLIC_URL="https://pages.example.com").stdout
    assert "socket_mode_enabled: true" in linked
    assert "- pages.example.com" in linked
    assert "link_shared" not in bot("manifest").stdout
    url = ("--url", "https://bot.example.com")
    assert "- bot.example.com" in bot("manifest", *url).stdout
    assert "link_shared" not in bot("manifest", *url, PAGES="off").stdout


def test_the_environment_goes_before_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=loud\nWORKERS=0\n", encoding="utf-8")
    ended = bot("ask", "RAG", cwd=tmp_path, LOG_LEVEL="INFO")
    assert ended.returncode == 1
    assert ended.stderr.startswith("WORKERS: ")


def test_a_file_beside_it_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"WORKERS=\xff")
    assert ".env cannot be read" in bot("ask", "RAG", cwd=tmp_path).stderr


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """The first five of a question file."""
    many = (ROOT / "tests" / "evaluation" / "dev.yaml").read_text(encoding="utf-8")
    few = tmp_path / "few.yaml"
    few.write_text("- id:".join(many.split("- id:")[:6]), encoding="utf-8")
    return few


def test_figures_come_as_text_and_as_json(questions: Path) -> None:
    assert bot("evaluate", questions).returncode == 0
    assert json.loads(bot("evaluate", questions, "--json").stdout)
