"""The very commands that Dockerfile and Procfile hold, run as they would be."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import command_payload, command_request
from tests.web.processes import environ, web

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())


def instructions(name: str) -> list[str]:
    """What stands behind an instruction of the Dockerfile's last stage, each time it stands."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = text.rpartition("\nFROM ")[2].splitlines()
    return [line.removeprefix(f"{name} ").strip() for line in lines if line.startswith(f"{name} ")]


def image_settings() -> dict[str, str]:
    """What the image sets in the environment."""
    return dict(pair.split("=", 1) for line in instructions("ENV") for pair in line.split())


def healthcheck() -> list[str]:
    """The command that tells whether a container is well."""
    [check] = instructions("HEALTHCHECK")
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


@pytest.fixture
def settings(slack: FakeSlack) -> dict[str, str]:
    """What an operator sets, with `python` in PATH as in an activated environment."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return environ(slack, PATH=path, SLACK_APP_TOKEN=slack.app_token, PORT=free_port())


def run(command: str | list[str], folder: Path, settings: dict[str, str]) -> int:
    """The status of a command that ends by itself."""
    shell = isinstance(command, str)
    return subprocess.run(
        command, shell=shell, env=settings, cwd=folder, timeout=60, check=False
    ).returncode


def test_every_process_of_the_procfile_is_there() -> None:
    assert list(PROCFILE) == ["release", "web", "worker", "daily"]


def test_release_and_web_of_the_procfile(
    slack: FakeSlack, settings: dict[str, str], tmp_path: Path
) -> None:
    assert run(PROCFILE["release"], tmp_path, settings) == 0
    command = ["sh", "-c", f"exec env {PROCFILE['web']}"]
    with web(tmp_path, settings, command) as server:
        assert "http://0.0.0.0:" in server.log
        assert server.port == int(settings["PORT"])
        assert server.send(command_request(slack, "define RAG")) == 200
        slack.wait_for("response_url")
        assert server.stop() == 0


def test_worker_of_the_procfile(slack: FakeSlack, settings: dict[str, str], tmp_path: Path) -> None:
    command = ["sh", "-c", f"exec {PROCFILE['worker']}"]
    with subprocess.Popen(command, env=settings, cwd=tmp_path, stderr=subprocess.PIPE) as worker:
        slack.socket.wait_for_connections(1, timeout=30)
        slack.send_envelope("slash_commands", command_payload(slack, "define RAG"))
        slack.wait_for("response_url")
        worker.terminate()
        worker.communicate(timeout=30)
    assert worker.returncode == 0


def test_daily_of_the_procfile(settings: dict[str, str], tmp_path: Path) -> None:
    """One round of it, which ends by itself."""
    assert run(f"{PROCFILE['daily']} --once", tmp_path, settings) == 0


def test_the_image_serves_and_tells_that_it_is_well(
    slack: FakeSlack, settings: dict[str, str], tmp_path: Path
) -> None:
    image = image_settings()
    data = image["DATABASE_URL"].removeprefix("sqlite:///")
    assert [Path(data).parent.as_posix()] == instructions("VOLUME")
    here = image | settings | {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.sqlite3"}
    [command] = instructions("CMD")
    assert run(healthcheck(), tmp_path, here) == 1
    with web(tmp_path, here | {"HOST": image["HOST"]}, json.loads(command)) as server:
        assert run(healthcheck(), tmp_path, here) == 0
        server.send(command_request(slack, "define RAG"))
        slack.wait_for("response_url")
        assert server.stop() == 0


def test_the_image_holds_all_that_the_bot_reads_and_no_more(
    slack: FakeSlack, settings: dict[str, str], tmp_path: Path
) -> None:
    """The files that are copied are enough to serve, away from this checkout."""
    del slack
    for copied in instructions("COPY"):
        if not copied.startswith("--from"):
            source, target = shlex.split(copied)
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
            copy(ROOT / source, tmp_path / target)
    allowed = (ROOT / ".dockerignore").read_text("utf-8")
    assert set(re.findall(r"^!(.+)$", allowed, re.MULTILINE)) == {
        "requirements.txt",
        "requirements-extras.txt",
        *(path.name for path in tmp_path.iterdir()),
    }
    alone = {key: value for key, value in settings.items() if key != "PYTHONPATH"}
    with web(tmp_path, alone) as server:
        assert "ready" in server.wait_until("/readyz", 200)


def test_every_lock_has_the_same_version_of_what_it_shares_with_another() -> None:
    """The extras are installed over the bot's own packages, and tests run on the third lock."""
    bot, extras, development = (
        set(re.findall(r"^[^\s#]+==[^\\\n]+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-extras.txt", "requirements-dev.txt")
    )
    assert bot
    assert bot < extras < development


def test_the_image_runs_as_nobody_special_and_holds_no_secret() -> None:
    assert instructions("USER") == ["bot"]
    assert not [key for key in image_settings() if "TOKEN" in key or "SECRET" in key]
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r $REQUIREMENTS" in dockerfile
    assert "ARG REQUIREMENTS=requirements.txt" in dockerfile
