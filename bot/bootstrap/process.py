"""What a process is to its machine: its log, its signals, its environment."""

import logging
import os
import signal
from threading import Event

from bot.log_context import AboutFilter


def start_logging(level: str, *, tracebacks: bool = True) -> None:
    """Log to standard error from `level` on."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every look at the tables
    # Below INFO it writes down what Slack answers, tokens among it.
    logging.getLogger("slack_sdk").setLevel(max(logging.getLevelName(level), logging.INFO))
    for handler in logging.root.handlers:
        handler.addFilter(AboutFilter())
        if not tracebacks:
            handler.addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    """Leave the message, whose reference finds the traceback at the level DEBUG."""
    record.exc_info = None
    return True


def forget(*prefixes: str) -> None:
    """Drop variables from the environment that Bolt and slack_sdk would read by themselves."""
    for key in [key for key in os.environ if key.upper().startswith(prefixes)]:
        del os.environ[key]


def stop_signal() -> Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stop = Event()

    def handle(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop
