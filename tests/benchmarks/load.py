"""How much the bot takes over HTTP, beside a bare echo served the same way.

`python -m tests.benchmarks.load`: two processes of gunicorn each, the bot's on a PostgreSQL of its
own, against a fake Slack whose answers take 100 ms. Both are asked in turns, first as much as they
take, then at 70 % of that. Every request is signed; half are commands and half are mentions. Ends
with 1 where a bar is missed: .8 of the echo's throughput, no request lost, 99 % of the
acknowledgements within 300 ms at 70 %.
"""

import argparse
import asyncio
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from flask import Flask, Response, request
from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient
from sqlalchemy import event

from bot.answers import ready
from bot.episodes import load
from bot.evaluation.questions import read_questions
from bot.slack import Services, build_app, one_workspace
from bot.storage import Database, Store, upgrade
from bot.web import serve
from tests.benchmarks.processes import Meter, served
from tests.benchmarks.users import Tally, Users
from tests.fakes.postgresql import running
from tests.fakes.slack import FakeSlack
from tests.fakes.workspace import command_request, mention_request

ROOT = Path(__file__).parents[2]
REPEATED = ("define RAG", "what is tokenization?", "takeaway 4", "how do I stop hallucinations?")
PROCESSES = 2
THROUGHPUT, ACK, SHARE = 0.8, 0.3, 0.7  # of the echo's; seconds; of the most that was reached


@contextmanager
def echo(workers: int, slack_url: str) -> Iterator[Flask]:
    """The least that a Bolt app can do, over HTTP."""
    with ThreadPoolExecutor(workers) as executor:
        app = App(
            name="echo",
            client=WebClient(FakeSlack.token, base_url=slack_url),
            signing_secret=FakeSlack.signing_secret,
            token_verification_enabled=False,
            listener_executor=executor,
        )

        @app.event("app_mention")
        def say_it_again(event: dict[str, Any], say: Say) -> None:
            say(event["text"], thread_ts=event["ts"])

        @app.command("/llm")
        def respond_the_same(ack: Ack, command: dict[str, Any], respond: Respond) -> None:
            ack()
            respond(command["text"])

        flask, handler = Flask(__name__), SlackRequestHandler(app)

        @flask.post("/slack/events")
        def slack_events() -> Response:
            return handler.handle(request)

        yield flask


def serve_echo(workers: int) -> None:
    """As `python -m bot web` serves the bot."""
    os.environ.pop("SLACK_BOT_TOKEN")  # Bolt would read it, and say that its client has it too
    serve(
        lambda: echo(workers, os.environ["SLACK_API_URL"]),
        host="127.0.0.1",
        port=0,
        processes=PROCESSES,
        threads=2 * workers,
        grace=30,
        log_level="INFO",
    )


class Inline(Executor):
    """Runs what is submitted at once."""

    def submit(self, run: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Run it here."""
        done: Future[Any] = Future()
        done.set_result(run(*args, **named))
        return done


def database_calls(url: str) -> dict[str, float]:
    """Statements and transactions that a mention and a command cost, once they are known."""
    store, counted = Store.on(Database(url), Store.open().cipher), deque[str]()
    engine = store.database.engine
    event.listen(engine, "before_cursor_execute", lambda *_: counted.append("statements"))
    event.listen(engine, "commit", lambda *_: counted.append("transactions"))
    calls: dict[str, float] = {}
    with FakeSlack() as slack:
        client = WebClient(base_url=slack.url)
        app = build_app(
            Services.of(ready(load(ROOT / "knowledge"), ROOT / "knowledge"), store),
            authorize=one_workspace(client, slack.token),
            signing_secret=slack.signing_secret,
            client=client,
            executor=Inline(),
        )
        for name, made in {"mention": mention_request, "command": command_request}.items():
            app.dispatch(made(slack, "define RAG"))
            counted.clear()
            app.dispatch(made(slack, "define RAG"))
            calls |= {f"{what} a {name}": counted.count(what) for what in set(counted)}
    store.close()
    return calls


async def measured(
    ports: dict[str, int], meters: Callable[[str], Meter], users: Users, given: argparse.Namespace
) -> bool:
    """Ask each in turns, then at a share of the most that it took; whether every bar is held."""
    async with users.listening():
        for port in ports.values():  # the first requests ask Slack who the bot is
            await users.ask_in_turns(port, given.users, 2)
        rates: dict[str, list[float]] = {name: [] for name in ports}
        lost = 0
        for _ in range(given.rounds):
            for name, port in ports.items():
                meter = meters(name)
                tally = await users.ask_in_turns(port, given.users, given.seconds)
                rates[name].append(len(tally.answered) / tally.seconds)
                lost += _told(f"{name}, as much as it takes", tally, meter)
        most = {name: mean(several) for name, several in rates.items()}
        ack = 0.0
        for name, port in ports.items():
            meter = meters(name)
            tally = await users.ask_at(port, SHARE * most[name], given.seconds)
            lost += _told(f"{name}, {SHARE:.0%} of that", tally, meter)
            ack = _percentiles([timing.ack for timing in tally.answered])[1]
    ratio = most["bot"] / most["echo"]
    print(f"\nbot {most['bot']:.0f}, echo {most['echo']:.0f} answers a second: {ratio:.2f}")
    return not lost and (given.lost_only or (ratio >= THROUGHPUT and ack < ACK))


def _told(what: str, tally: Tally, meter: Meter) -> int:
    """Print what became of a window; how many requests were lost."""
    print(f"\n{what}: {len(tally.answered) / tally.seconds:.0f} a second, {len(tally.lost)} lost")
    for name in ("ack", "answer"):
        half, most = _percentiles([getattr(timing, name) for timing in tally.answered])
        print(f"  {name}: p50 {half * 1000:.0f} ms, p99 {most * 1000:.0f} ms")
    shares = ", ".join(f"{name} {share:.2f}" for name, share in meter.shares().items())
    print(f"  processors: {shares}", *tally.lost[:3])
    return len(tally.lost)


def _percentiles(values: list[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=100)
    return cuts[49], cuts[98]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10, help="how long a window is")
    parser.add_argument("--rounds", type=int, default=3, help="how many windows each gets")
    parser.add_argument("--users", type=int, default=100, help="how many ask at once")
    parser.add_argument("--workers", type=int, default=50, help="answers at once in a process")
    parser.add_argument("--new", action="store_true", help="ask other questions than before")
    parser.add_argument(
        "--lost-only", action="store_true", help="judge by lost requests alone, on a busy machine"
    )
    parser.add_argument("--echo", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _questions(*, new: bool) -> list[str]:
    """Four, as people ask the same things; or all of the evaluation, more than are remembered."""
    files = sorted((ROOT / "tests" / "evaluation").glob("*.yaml"))
    every = dict.fromkeys(question.text for file in files for question in read_questions(file))
    return list(every) if new else list(REPEATED)


def main() -> int:
    """Start all of it, measure, stop it; 1 where a bar is missed."""
    given = _options()
    if given.echo:
        serve_echo(given.workers)
    with ExitStack() as stack:
        cluster = stack.enter_context(running())
        url = cluster.url(stack.enter_context(cluster.database()))
        database = Database(url)
        upgrade(database)
        database.close()
        print(f"Database calls: {database_calls(url)}")
        slack = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.slow_slack"],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(slack.terminate)
        assert slack.stdout is not None
        slack_port = int(slack.stdout.readline())
        environ = {
            "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
            "SLACK_BOT_TOKEN": FakeSlack.token,
            "SLACK_SIGNING_SECRET": FakeSlack.signing_secret,
            "DATABASE_URL": url,
            "PORT": "0",
            "WEB_CONCURRENCY": str(PROCESSES),
            "WORKERS": str(given.workers),
            "RATE_LIMIT": "off",
        }
        echo_command = ["-m", "tests.benchmarks.load", "--echo", "--workers", str(given.workers)]
        servers = {
            "echo": stack.enter_context(served(echo_command, environ)),
            "bot": stack.enter_context(served(["-m", "bot", "web"], environ)),
        }
        postmaster = int((cluster.folder / "postmaster.pid").read_text().split()[0])

        def meters(name: str) -> Meter:
            return Meter(
                {
                    name: servers[name][0],
                    "PostgreSQL": postmaster,
                    "Slack": slack.pid,
                    "users": os.getpid(),
                }
            )

        ports = {name: port for name, (_, port) in servers.items()}
        users = Users(slack_port, _questions(new=given.new))
        return not asyncio.run(measured(ports, meters, users, given))


if __name__ == "__main__":
    sys.exit(main())
