"""The command line: `python -m bot`.

Each command imports what it needs when it runs: `ask` never loads Slack, and `--help` nothing.
"""

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap, feed_commands
from bot.bootstrap.environment import settings as _settings
from bot.errors import BotError

app = typer.Typer(
    help="Answers questions about a podcast in the episodes' own words.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def chat() -> None:
    """Talk to the bot in this terminal; no token is needed.

    Example: echo '/llm define RAG' | python -m bot chat
    """
    bootstrap.chat(_settings())


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What to ask.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as a JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Answer a JSON object a line.")] = False,
    episode: Annotated[
        str | None, typer.Option(metavar="SLUG", help="Look in this one episode alone.")
    ] = None,
) -> None:
    """Answer one question, or one a line of standard input.

    Example: python -m bot ask 'Why do models hallucinate?'

    With --jsonl each line is {"question": …, "history": [earlier questions, oldest first],
    "episode": slug}, of which the question alone is needed.
    """
    if question is None and not jsonl:
        raise typer.BadParameter("give a QUESTION, or --jsonl for those of standard input")
    if question is not None and jsonl:
        raise typer.BadParameter("give a QUESTION or --jsonl, and not both")
    answerer = bootstrap.answerer(_settings())
    from bot.answers import as_text
    from bot.episodes.knowledge.near import no_such
    from bot.jsonl import answer_lines, record

    if episode is not None and answerer.library.place(episode) is None:
        raise BotError(no_such(answerer.library, episode))
    if question is None:
        failed = False
        for answered in answer_lines(answerer, sys.stdin, episode):
            typer.echo(json.dumps(answered))
            failed |= "error" in answered
        raise typer.Exit(failed)
    answer = answerer.ask(question, episode=episode)
    typer.echo(json.dumps(record(answer), indent=2) if as_json else as_text(answer, files=True))


@app.command()
def check(
    path: Annotated[
        Path | None, typer.Argument(help="A knowledge folder, an episode's, or a transcript.")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="All faults and warnings, not the first of a file.")
    ] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Print a draft of one episode's episode.yaml.")
    ] = False,
) -> None:
    """Say what transcripts hold, and what cannot be read.

    Example: python -m bot check knowledge/episode-02
    """
    from bot.answers.language.spoken import detected, spoken
    from bot.answers.language.thesaurus import faults
    from bot.episodes import check
    from bot.episodes.drafts.suggest import draft
    from bot.episodes.telling import contents, refusals

    path = path or _settings().knowledge_dir
    if suggest:
        typer.echo(draft(path, detected), nl=False)
        return
    library = check(path)
    for line in contents(library, path, spoken, verbose=verbose):
        typer.echo(line)
    found = [*library.faults, *faults(path)]
    for line in refusals(found, verbose=verbose):
        typer.echo(line, err=True)
    raise typer.Exit(bool(found))


@app.command()
def text(
    source: Annotated[
        str, typer.Argument(help="A transcript, an episode's folder, its source or its slug.")
    ],
    times: Annotated[
        bool, typer.Option("--times", help="A table instead: where and when each cue is said.")
    ] = False,
) -> None:
    """Print the text whose characters an episode's quotes count.

    Example: python -m bot text episode-02

    With --times the columns are start and end in characters, from and until in seconds, the
    speaker, and the line of the file (in JSON the number of the segment).
    """
    from bot.episodes.knowledge.finding import find, table

    settings = _settings()
    episode = find(source, settings.knowledge_dir, settings.cache_dir)
    typer.echo((table(episode) if times else episode.text).encode(), nl=False)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="FILE", help="Questions, as YAML.")],
    as_json: Annotated[bool, typer.Option("--json", help="Figures as a JSON object.")] = False,
) -> None:
    """Measure how often the bot quotes and declines rightly.

    Example: python -m bot evaluate tests/evaluation/dev.yaml
    """
    answerer = bootstrap.answerer(_settings())
    from bot.evaluation import run

    report = run(questions, answerer)
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else report.as_text())


@app.command()
def socket() -> None:
    """Answer a Slack workspace over Socket Mode, and post daily.

    It also looks at the podcasts that are followed, and posts cards of their new episodes.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN are needed.

    Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… python -m bot socket
    """
    bootstrap.socket(_settings())


@app.command()
def web() -> None:
    """Answer one or many Slack workspaces over HTTP.

    It also serves the pages on which episodes are read, and insights, at PUBLIC_URL; PAGES says to
    whom.

    SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN are needed, or OAuth's keys.

    Example: SLACK_SIGNING_SECRET=… SLACK_BOT_TOKEN=xoxb-… python -m bot web
    """
    bootstrap.web(_settings())


@app.command()
def daily(
    once: Annotated[bool, typer.Option("--once", help="Post what is due now, then end.")] = False,
) -> None:
    """Post the daily takeaways beside `web`.

    It also looks at the podcasts that are followed, and posts cards of their new episodes.
    `socket` does all of it by itself.

    Example: DATABASE_URL=postgresql://… SLACK_BOT_TOKEN=xoxb-… python -m bot daily
    """
    bootstrap.daily(_settings(), once=once)


@app.command()
def report(
    days: Annotated[int, typer.Option(min=1, max=3650, help="How many days to look back.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for spreadsheets.")] = False,
) -> None:
    """Say what was asked, answered, declined and quoted.

    Example: python -m bot report --days 7
    """
    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, and not both")
    from bot import reports

    found = bootstrap.report(_settings(), days)
    if as_json:
        typer.echo(json.dumps(reports.as_json(found), indent=2))
    else:
        typer.echo(reports.as_csv(found) if as_csv else reports.as_text(found), nl=not as_csv)


@app.command()
def migrate() -> None:
    """Bring the database of DATABASE_URL up to date.

    What is encrypted in it is encrypted anew with the first of TOKEN_KEYS.

    Example: DATABASE_URL=postgresql://… python -m bot migrate
    """
    typer.echo(bootstrap.migrate(_settings()))


@app.command()
def manifest(
    url: Annotated[
        str | None, typer.Option(help="Where Slack reaches the app over HTTP; else Socket Mode.")
    ] = None,
    step: Annotated[
        bool, typer.Option(help="With the workflow step, which a free workspace cannot have.")
    ] = True,
) -> None:
    """Print the app's manifest, for api.slack.com/apps.

    Links to the pages at PUBLIC_URL, or else at --url, are shown as quotes where they are pasted;
    with PAGES=off there are none.

    Example: python -m bot manifest --url https://bot.example.com
    """
    from bot.slack import manifest

    settings = _settings()
    pages = settings.secret("PUBLIC_URL") if settings.public_url else None
    if not settings.has_pages:
        pages = ""
    typer.echo(manifest(url, pages=pages, step=step), nl=False)


app.add_typer(feed_commands.app)


def main() -> None:
    """Run a command; what goes wrong is a line on standard error and status 1."""
    if sys.stdin is None:  # closed by whoever started this process
        sys.stdin = io.StringIO()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except (BotError, OSError) as error:
        typer.echo(error, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
