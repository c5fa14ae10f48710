"""The commands that ask a language model, against an endpoint on the loopback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.endpoint import chosen, endpoint, shown, worst
from tests.test_command_line import ROOT, bot

pytestmark = pytest.mark.slow

ASKED = "what do they say about budgets for pilots?"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A few of a question file; none that is answered without a search."""
    begin, *all_of_them = (ROOT / "tests/evaluation/dev.yaml").read_text("utf-8").split("- id:")
    few = tmp_path / "few.yaml"
    few.write_text("- id:".join([begin, *all_of_them[60:66]]), encoding="utf-8")
    return few


def test_figures_come_with_and_without_models(questions: Path) -> None:
    with endpoint(worst, gpt=lambda _: chosen()) as host:
        url, models = host.url("/v1"), ("--model", "gpt", "--model", "other")
        ended = bot("evaluate", questions, *models, "--json", MODEL_URL=url, MODEL_WHEN="always")
        asked = len(host.requests)
    assert (ended.returncode, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)["models"]
    assert list(found) == ["gpt", "other"]
    assert sum(one["model"]["asked"] for one in found.values()) == asked > 0
    assert found["gpt"]["model"]["pointed"] == found["other"]["model"]["declined"] == 0


def test_a_question_is_shown_to_the_model_of_the_settings() -> None:
    with endpoint(lambda _: chosen((3, 1, 1))) as host:
        ended = bot("ask", ASKED, "--json", MODEL_URL=host.url("/v1"), MODEL_NAME="gpt")
        [request] = host.requests
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["chosen_by"] == "gpt"
    assert shown(request.body)["question"] == ASKED


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://api.example.com/v1", "MODEL_NAME: is set neither"),
        ("http://api.example.com/v1", "MODEL_URL: is not encrypted"),
        ("api.example.com", "MODEL_URL: is no https address"),
        ("https://me:key@api.example.com", "a key belongs in MODEL_KEY"),
    ],
)
def test_a_model_that_is_set_wrongly_is_named(url: str, says: str) -> None:
    ended = bot("ask", "RAG", MODEL_URL=url)
    assert ended.returncode == 1
    assert says in ended.stderr
    assert "me:key" not in ended.stderr


def test_a_model_to_compare_with_needs_an_endpoint(questions: Path) -> None:
    ended = bot("evaluate", questions, "--model", "gpt")
    assert ended.returncode == 1
    assert ended.stderr.startswith("MODEL_URL: is set neither")


def test_without_a_model_nothing_of_it_is_loaded() -> None:
    command = "import sys; from bot.__main__ import main; sys.argv[1:] = ['ask', 'RAG']; main()"
    loaded = "print([one for one in ('openai', 'httpx2', 'pydantic', 'mcp') if one in sys.modules])"
    script = f"try:\n    {command}\nexcept SystemExit:\n    pass\n{loaded}"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={key: os.environ[key] for key in ("PATH", "CACHE_DIR")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "[]"
