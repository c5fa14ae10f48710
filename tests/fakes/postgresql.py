"""A real PostgreSQL cluster of one's own: on a loopback port, in a folder that goes with it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "bot"
# Nothing here outlives the machine, so nothing waits for the disk; commits do outlive `stop`.
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = off
full_page_writes = off
"""


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: in PATH, or the newest of Debian's."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    debian = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return debian[-1].parent if debian else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that runs, unless `stop` was the last that it was told."""

    binaries: Path
    folder: Path
    port: int
    names: Iterator[int]

    def url(self, database: str = "postgres") -> str:
        """A database's address, as `DATABASE_URL` has it."""
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, on the same port as ever."""
        self._control("start", "-o", f"-p {self.port}", "-l", f"{self.folder}/log")

    def stop(self) -> None:
        """Stop it as a machine that fails does: every connection is cut."""
        self._control("stop", "-m", "immediate")

    @contextmanager
    def database(self) -> Iterator[str]:
        """The name of a new database, which is gone afterwards."""
        name = f"test_{next(self.names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run the administrator's statement in a database."""
        address = self.url(database).replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def disconnect(self) -> None:
        """Cut the connections of everybody."""
        self.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid != pg_backend_pid()"
        )

    def _control(self, *command: str) -> None:
        _run(self.binaries / "pg_ctl", "--silent", "--wait", f"--pgdata={self.folder}", *command)


@contextmanager
def running() -> Iterator[Cluster]:
    """A new cluster, stopped at the end. Raises FileNotFoundError where PostgreSQL is missing."""
    found = binaries()
    if found is None:
        raise FileNotFoundError("PostgreSQL's initdb is neither in PATH nor where Debian has it")
    # Not below pytest's folder, which only the user of the tests may enter.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    cluster = Cluster(found, folder, _free_port(), count())
    try:
        if _unprivileged():
            shutil.chown(folder, **_unprivileged())
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        _run(found / "initdb", f"--pgdata={folder}", f"--username={_OWNER}", *options)
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
        cluster.start()
        try:
            yield cluster
        finally:
            if (folder / "postmaster.pid").exists():
                cluster.stop()
    finally:
        shutil.rmtree(folder)


def _unprivileged() -> dict[str, Any]:
    """Whom to run it as: initdb refuses root."""
    return {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}


def _run(program: Path, *arguments: str) -> None:
    """Raises CalledProcessError; what the program said is on standard error then."""
    who = {**_unprivileged(), "extra_groups": []} if _unprivileged() else {}
    # Not a pipe: the server that pg_ctl leaves behind would hold it open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [program, *arguments], cwd="/", stdout=said, stderr=said, check=False, **who
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program.name} fails:\n{said.read().decode()}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
