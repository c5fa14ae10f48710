"""What every log line is about: the request that was being handled when it was written."""

import logging
from contextvars import ContextVar

# Set for each request; threads that work for it inherit it (`contextvars.copy_context`).
about: ContextVar[str] = ContextVar("about", default="")


class AboutFilter(logging.Filter):
    """Puts what a line is about in front of its message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every line, with what it is about."""
        if what := about.get():
            record.msg, record.args = f"[{what}] {record.getMessage()}", ()
        return True
