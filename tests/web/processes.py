"""`python -m bot web` as it is deployed, and what is asked of it over its socket."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from slack_bolt import BoltRequest

from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "web")


class Web:
    """A running server; `log` holds all that it has written to standard error."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process, self.log = process, ""
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        listening = self.wait_for_log(r"Listening at: http://[\d.]+:(\d+)")
        self.port = int(listening[1])

    def wait_for_log(self, pattern: str, timeout: float = 30) -> "re.Match[str]":
        """What matches in the log, once something does."""
        with self._changed:
            if not self._changed.wait_for(
                lambda: re.search(pattern, self.log) or not self._reader.is_alive(), timeout
            ):
                raise TimeoutError(f"{pattern} does not come:\n{self.log}")
            if found := re.search(pattern, self.log):
                return found
        raise RuntimeError(f"It has ended:\n{self.log}")

    def send(self, request: BoltRequest) -> int:
        """Post to it what Slack posts; the status of the answer."""
        headers = {name: values[0] for name, values in request.headers.items()}
        with self._asked("POST", "/slack/events", request.raw_body.encode(), headers) as response:
            return response.status

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body."""
        with self._asked("GET", path, None, headers) as response:
            return response.status, response.read().decode()

    def cookie(self, path: str) -> tuple[str, str]:
        """Return a page, and the cookie that comes with it, as a browser sends it back."""
        with self._asked("GET", path, None, {}) as response:
            given = response.headers["Set-Cookie"].partition(";")[0]
            return response.read().decode(), given

    def wait_until(self, path: str, status: int) -> str:
        """The body, once a path answers with a status."""
        return self.wait_for(path, lambda came, _: came == status)

    def wait_for(self, path: str, holds: Callable[[int, str], bool], **headers: str) -> str:
        """The body, once a condition holds for a path's status and body, within 30 s."""
        until = time.monotonic() + 30
        while not holds(*(answer := self.get(path, **headers))):
            if time.monotonic() > until:
                raise TimeoutError(f"{path} is not as it should be; it answers {answer}")
            time.sleep(0.05)
        return answer[1]

    def stop(self) -> int:
        """SIGTERM; the status that it ends with."""
        self.process.terminate()
        status = self.process.wait(30)
        self._reader.join(10)
        return status

    @contextmanager
    def _asked(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Iterator[HTTPResponse]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers))
            yield connection.getresponse()
        finally:
            connection.close()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._changed:
                self.log += line
                self._changed.notify_all()


def environ(slack: FakeSlack, **changes: str) -> dict[str, str]:
    """One workspace's credentials, a free port, the fake for Slack, and nothing of this machine."""
    return {
        "PATH": os.environ["PATH"],
        "CACHE_DIR": os.environ["CACHE_DIR"],
        "PYTHONPATH": str(ROOT),
        "PORT": "0",
        "SLACK_API_URL": slack.url,
        "SLACK_BOT_TOKEN": slack.token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        **changes,
    }


@contextmanager
def web(
    folder: Path, environ: Mapping[str, str], command: Sequence[str] = COMMAND
) -> Iterator[Web]:
    """The server in a folder of its own; it is stopped afterwards."""
    with subprocess.Popen(
        command, env=environ, cwd=folder, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Web(process)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)
