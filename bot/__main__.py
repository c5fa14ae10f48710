"""The command line: `python -m bot`."""

import gc
import io
import sys

import typer

from bot.commands import asking, feeds, serving
from bot.errors import BotError

app = typer.Typer(
    help="Answers questions about a podcast in the episodes' own words.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# `--help` lists them in this order.
app.add_typer(asking.app)
app.add_typer(serving.app)
app.add_typer(feeds.app)


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
    finally:
        # What is left goes with the process: to look for garbage in it takes a fifth of `chat`.
        gc.freeze()


if __name__ == "__main__":
    main()
