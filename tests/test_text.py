"""`text`: the characters that quotes count, and when they are said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
CAPTIONS = """WEBVTT

00:01.000 --> 00:04.000
<v Ada Park>Welcome to the show.

00:04.500 --> 01:00:09.250
<v Ben Ode>Thanks. I brought tea &amp; “bread”.
"""
RENDERED = "Ada Park: Welcome to the show.\n\nBen Ode: Thanks. I brought tea & “bread”."


def bot(*arguments: str | Path, **environ: str) -> "subprocess.CompletedProcess[bytes]":
    place = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        cwd=ROOT,
        env=place | environ,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in ended.stderr
    return ended


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "talk.vtt").write_text(CAPTIONS, "utf-8")
    return folder


def test_markdown_is_printed_byte_for_byte(tmp_path: Path) -> None:
    ended = bot("text", "episode-02", CACHE_DIR=str(tmp_path))
    assert ended.stdout == (KNOWLEDGE / "episode-02" / "transcript.md").read_bytes()
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("name", ["talk", "talk.vtt"])
def test_an_episode_is_named_by_its_slug_or_its_source(knowledge: Path, name: str) -> None:
    cache = str(knowledge.parent / "cache")
    ended = bot("text", name, KNOWLEDGE_DIR=str(knowledge), CACHE_DIR=cache)
    assert ended.stdout.decode() == RENDERED


def test_a_path_is_read_where_it_is(knowledge: Path) -> None:
    for path in (knowledge, knowledge / "talk.vtt"):
        assert bot("text", path).stdout.decode() == RENDERED


def test_a_file_is_read_with_the_names_beside_it(knowledge: Path) -> None:
    path = knowledge / "talk.vtt"
    path.write_text(CAPTIONS.replace("Ada Park", "SPEAKER_1"), "utf-8")
    (knowledge / "episode.yaml").write_text("speakers: {SPEAKER_1: Cy Lund}", "utf-8")
    assert bot("text", path).stdout.decode().startswith("Cy Lund: Welcome")


def test_the_table_has_a_row_a_cue(knowledge: Path) -> None:
    head, *rows = bot("text", knowledge / "talk.vtt", "--times").stdout.decode().splitlines()
    assert head.split("\t") == ["start", "end", "from", "until", "speaker", "line"]
    cells = [row.split("\t") for row in rows]
    assert [RENDERED[int(start) : int(end)] for start, end, *_ in cells] == [
        "Welcome to the show.",
        "Thanks. I brought tea & “bread”.",
    ]
    assert [row[2:5] for row in cells] == [
        ["1.000", "4.000", "Ada Park"],
        ["4.500", "3609.250", "Ben Ode"],
    ]


def test_where_nothing_says_when_the_cells_are_empty() -> None:
    row = bot("text", KNOWLEDGE / "episode-02", "--times").stdout.decode().splitlines()[1]
    assert row.split("\t")[2:5] == ["", "", "Sam Rivera"]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("episode-20", "There is no episode 'episode-20'; near it: episode-02\n"),
        (".github/pictures/home.png", ".github/pictures/home.png: is a picture"),
        ("nowhere/at-all.vtt", "There is no episode"),
    ],
)
def test_what_is_no_episode_is_said_in_a_line(tmp_path: Path, name: str, complaint: str) -> None:
    ended = bot("text", name, CACHE_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().startswith(complaint)
    assert ended.stderr.count(b"\n") == 1


def test_of_several_episodes_one_has_to_be_named(knowledge: Path) -> None:
    (knowledge / "other.vtt").write_text(CAPTIONS, "utf-8")
    ended = bot("text", knowledge)
    assert ended.returncode == 1
    assert "holds 2 episodes; name one: other.vtt, talk.vtt" in ended.stderr.decode()


def test_it_loads_neither_a_database_nor_slack() -> None:
    text = "import sys; from bot.__main__ import app; "
    text += f"app(['text', {str(KNOWLEDGE / 'episode-02')!r}], standalone_mode=False); "
    heavy = "print([m for m in ('sqlalchemy', 'slack_sdk', 'numpy') if m in sys.modules])"
    ended = subprocess.run(
        [sys.executable, "-c", text + heavy], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert ended.stdout.endswith("[]\n")
