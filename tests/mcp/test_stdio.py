"""`python -m bot mcp` as an assistant starts it, and commands that do without it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mcp.clients import ROOT

pytestmark = pytest.mark.slow

HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
_LOADED = """
import sys
sys.argv = ["bot", *sys.argv[1:]]
from bot.__main__ import main
try:
    main()
except SystemExit as end:
    assert not end.code
loaded = sorted(name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types"))
assert not loaded, loaded
"""


def place(**environ: str) -> dict[str, str]:
    """An environment with nothing of this machine's settings."""
    kept = {key: os.environ[key] for key in ("PATH", "CACHE_DIR")}
    return kept | {"PYTHONPATH": str(ROOT)} | environ


def bot(*command: str, given: bytes = b"", **environ: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, *command],
        input=given,
        env=place(**environ),
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_it_ends_well_while_it_still_loads_its_models(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "mcp"],
        env=place(CACHE_DIR=str(tmp_path)),
        cwd=ROOT,
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_standard_output_carries_the_protocol_alone() -> None:
    lines = [
        json.dumps(HELLO).encode(),
        b"no JSON",
        b"\xff\xfe",
        b'{"jsonrpc": "2.0", "id": 2, "method": "sing"}',
        b'{"jsonrpc": "2.0", "id": 3, "method": "ping"}',
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "mcp"],
        env=place(LOG_LEVEL="DEBUG"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.writelines(line + b"\n" for line in lines)
        process.stdin.flush()
        read = (json.loads(process.stdout.readline()) for _ in range(3))
        answers = sorted(read, key=lambda answer: answer["id"])  # the quicker one comes first
        rest, log = process.communicate(timeout=30)
    assert process.returncode == 0
    assert [answer["id"] for answer in answers] == [1, 2, 3]
    assert answers[1]["error"]["message"] == "Method not found"
    assert rest == b""
    assert b"DEBUG" in log  # so it has gone somewhere
    assert b"Traceback" not in log


@pytest.mark.parametrize("command", [["--help"], ["mcp", "--help"], ["ask", "define RAG"]])
def test_other_commands_do_not_load_it(command: list[str]) -> None:
    ended = bot("-c", _LOADED, *command)
    assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.parametrize("command", ["web", "mcp"])
def test_without_it_a_command_says_so_and_ends(command: str) -> None:
    hidden = f"import sys; sys.modules['mcp'] = None; sys.argv = ['bot', {command!r}]"
    ended = bot(
        "-c",
        f"{hidden}; from bot.__main__ import main; main()",
        SLACK_SIGNING_SECRET="abc",
        SLACK_BOT_TOKEN="xoxb-1-a",
        MCP_TOKEN="let-the-assistants-in",
    )
    assert ended.returncode == 1
    said = ended.stderr.decode()
    assert said.startswith("MCP needs an extra that is not installed.")
    assert "pip install --no-deps --require-hashes -r requirements-extras.txt" in said


def test_no_readable_episode_is_said_and_ends_it(tmp_path: "os.PathLike[str]") -> None:
    ended = bot("-m", "bot", "mcp", KNOWLEDGE_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"There is no episode" in ended.stderr
    assert b"Traceback" not in ended.stderr
