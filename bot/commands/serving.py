"""The commands that serve Slack, and that look after what is kept: `socket` to `manifest`."""

import json
from typing import Annotated

import typer

from bot import bootstrap
from bot.bootstrap.environment import settings

app = typer.Typer()


@app.command()
def socket() -> None:
    """Answer a Slack workspace over Socket Mode, and post daily.

    It also looks at the podcasts that are followed, posts cards of their new episodes, and answers
    unasked where an admin has it listen.

    SLACK_BOT_TOKEN and SLACK_APP_TOKEN are needed.

    Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… python -m bot socket
    """
    bootstrap.socket(settings())


@app.command()
def web() -> None:
    """Answer one or many Slack workspaces over HTTP.

    It also serves the pages on which episodes are read, and insights, at PUBLIC_URL; PAGES says to
    whom.

    SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN are needed, or OAuth's keys.

    Example: SLACK_SIGNING_SECRET=… SLACK_BOT_TOKEN=xoxb-… python -m bot web
    """
    bootstrap.web(settings())


@app.command()
def mcp() -> None:
    """Answer another assistant, which starts it, over MCP.

    They talk over standard input and output. It needs an extra: requirements-extras.txt. With
    MCP_TOKEN `web` does the same over HTTP, at /mcp.

    Example: python -m bot mcp
    """
    bootstrap.mcp(settings())


@app.command()
def daily(
    once: Annotated[bool, typer.Option("--once", help="Post what is due now, then end.")] = False,
) -> None:
    """Post the daily takeaways beside `web`.

    It also looks at the podcasts that are followed, posts cards of their new episodes, and answers
    unasked where an admin has it listen.
    `socket` does all of it by itself.

    Example: DATABASE_URL=postgresql://… SLACK_BOT_TOKEN=xoxb-… python -m bot daily
    """
    bootstrap.daily(settings(), once=once)


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

    found = bootstrap.report(settings(), days)
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
    typer.echo(bootstrap.migrate(settings()))


@app.command()
def manifest(
    url: Annotated[
        str | None, typer.Option(help="Where Slack reaches the app over HTTP; else Socket Mode.")
    ] = None,
    step: Annotated[
        bool, typer.Option(help="With the workflow step, which a free workspace cannot have.")
    ] = True,
    search: Annotated[
        bool,
        typer.Option(
            "--search",
            help="With results in Slack's own search, for an organization of one's own alone.",
        ),
    ] = False,
    mcp: Annotated[
        bool, typer.Option("--mcp", help="With the bot for Slackbot to ask; it needs --url.")
    ] = False,
) -> None:
    """Print the app's manifest, for api.slack.com/apps.

    Links to the pages at PUBLIC_URL, or else at --url, are shown as quotes where they are pasted;
    with PAGES=off there are none.

    Example: python -m bot manifest --url https://bot.example.com
    """
    from bot.slack import manifest

    given = settings()
    pages = given.secret("PUBLIC_URL") if given.public_url else None
    if not given.has_pages:
        pages = ""
    typer.echo(manifest(url, pages=pages, step=step, search=search, mcp=mcp), nl=False)
