"""A bar of progress, where somebody looks at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_LONGEST = 40  # characters of a title beside the bar; chosen by hand


@contextmanager
def progress_on(output: TextIO) -> Iterator[Callable[[int, int, str], None]]:
    """Yield what draws how many of how many are done, and which was the last.

    Nothing is drawn where the output is no terminal.
    """
    if not output.isatty():
        yield lambda _done, _total, _title: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from bot.feeds.run.report import printable

    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False)
    with Progress(*columns, console=Console(file=output), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, title: str) -> None:
            bar.update(task, completed=done, total=total, description=printable(title)[:_LONGEST])

        yield show
