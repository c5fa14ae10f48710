"""The turn: every feed that is followed is looked at once an hour, by one of several processes."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Event

from bot.feeds.look.getting import called
from bot.feeds.look.holding import LostError, holding
from bot.feeds.look.look import Looked, look
from bot.feeds.means import Means
from bot.feeds.patience import Patience
from bot.feeds.run.report import has_changed, summary
from bot.storage import FollowedFeed, StoreError
from bot.storage.feeds.feeds import Feeds

# Seconds between looks at the database, where another process may follow a feed, and while it is
# away; seconds that one feed may take while others wait. Chosen by hand.
_PAUSE, _AWAY, PATIENCE = 15.0, 60.0, 300.0

log = logging.getLogger(__name__)


class Turn:
    """Looks at what is due. Any number of turns can run, in one process or in many.

    `means` makes what a look works with, given for how long it may go on. `every` is the time
    between two looks at a feed, `patience` the seconds that one may take. `changed` is called
    when the folder has changed. No error ends the turn: what went wrong is logged.
    """

    def __init__(
        self,
        feeds: Feeds,
        means: Callable[[Patience], Means],
        every: timedelta,
        *,
        patience: float = PATIENCE,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._feeds, self._means, self._every, self._patience = feeds, means, every, patience
        self._changed = changed
        self._away = False

    def run(self, stop: Event) -> None:
        """Look at what is due until `stop` is set."""
        pause = 0.0
        while not stop.wait(pause):
            try:
                self.once(stop)
                pause, self._away = _PAUSE, False
            except StoreError as error:
                pause = _AWAY
                if not self._away:
                    log.warning("Followed feeds wait for the database: %s", error)
                self._away = True
            except Exception:
                log.exception("The turn of the feeds goes on after an error")
                pause = _AWAY

    def once(self, stop: Event) -> int:
        """Look at what is due now, one after another; says at how many. Raises StoreError."""
        now = self._means(Patience(stop)).clock()
        looked = 0
        for feed in self._feeds.due(now):
            if stop.is_set():
                break
            looked += self._look(feed, Patience(stop, self._patience))
        return looked

    def _look(self, feed: FollowedFeed, patience: Patience) -> bool:
        """Look at a feed, unless another process does; whether it was looked at."""
        means = self._means(patience)
        try:
            with holding(self._feeds, feed, means.lease, means.clock) as hold:
                if hold is None:
                    return False
                looked = look(hold, means, self._every)
                if looked.report and has_changed(looked.report):
                    self._changed()
                _tell(feed, looked)
        except LostError as error:
            log.info("%s", error)
        return True


def _tell(feed: FollowedFeed, looked: Looked) -> None:
    """Log what came of a look where that is anything; what fails again and again is said once."""
    if looked.failed and str(looked.failed) != feed.failed:
        name = called(feed.title, feed.address)
        log.warning("%s cannot be followed for now: %s", name, looked.failed)
    report = looked.report
    if report and (has_changed(report) or report.beside):
        title = called(report.title, feed.address)
        for line in summary(replace(report, title=title, failed=(), warnings=())):
            log.info("%s", line)
