"""The loop: looks for what is due, and posts it on threads, so that no channel delays another."""

import logging
import random
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any, Protocol

from bot.errors import BotError
from bot.posting.outcomes import Subscriber
from bot.posting.poster import Poster
from bot.posting.terms import PAUSE, Rest, utc_now
from bot.storage import StoreError

# Each process takes some of the many that are due, lest all of them go for the same.
_LOOKED_AT, _TAKEN = 500, 80
_GLANCE = 0.1  # seconds between looks at `stop` while posts are under way
# Seconds between looks at the database: where something is due soon, where nothing is, where the
# database is away.
_SHORTEST, _LONGEST, _LONGEST_AWAY = 0.5, 5.0, 10.0
_CLEANED = timedelta(hours=1)

log = logging.getLogger(__name__)


class Schedule(Protocol):
    """Where subscriptions are kept."""

    def due(self, now: datetime, most: int) -> Sequence[Subscriber]:
        """Return those that have to be looked at, the longest overdue first."""

    def next_wake(self) -> datetime | None:
        """Return when there is something to look at; None where nothing is to come."""


class Loop:
    """Posts what is due. Any number of loops can run, in one process or in many.

    `what` is what the log calls the posts. `clean_up` is called at the start and once an hour. No
    error ends the loop: what went wrong is logged, and whatever was begun is decided by the
    channel's history when its lease is over.
    """

    def __init__(
        self,
        schedule: Schedule,
        poster: Poster[Any],
        posters: int,
        *,
        what: str = "posts",
        clock: Callable[[], datetime] = utc_now,
        clean_up: Callable[[datetime], None] | None = None,
    ) -> None:
        self._schedule, self._poster, self._posters = schedule, poster, posters
        self._what, self._clock = what, clock
        self._pool = ThreadPoolExecutor(posters, thread_name_prefix="poster")
        self._running: dict[Future[None], str] = {}
        self._resting: dict[str, Rest] = {}
        self._quiet: dict[str, datetime] = {}  # by workspace
        self._failures = 0
        self._lock = Lock()
        self._away = False
        self._clean_up = clean_up
        self._cleaned_at: datetime | None = None

    def tick(self, now: datetime) -> int:
        """Begin with some of what is due; says with how many. Raises StoreError."""
        return self._begin(self._free(self._due(now), now))

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until no post is under way; False where that takes longer than `timeout` seconds."""
        return not wait(self._running, timeout).not_done

    def run(self, stop: Event) -> None:
        """Post until `stop` is set; running posts are finished then."""
        pause = 0.0
        while not stop.wait(pause):
            try:
                self._tidy()
                pause = self._turn()
                self._back()
            except StoreError as error:
                self._lost(error)
                pause = min(max(1.0, pause * 2), _LONGEST_AWAY)
            except Exception:
                log.exception("The loop of %s goes on after an error", self._what)
                pause = _LONGEST
        self.close()

    def once(self, stop: Event) -> None:
        """Post what is due now, and wait until it is known what became of it, or for `stop`.

        Then clean up, for nobody else does where a timer runs this in place of a loop. What other
        processes have begun is theirs. Raises StoreError where the database fails, BotError at the
        end where something went wrong.
        """
        began = self._clock()
        while not stop.is_set():
            now = self._clock()
            due = [one for one in self._due(now) if one.due_at and one.due_at <= began]
            if self._begin(self._free(due, now)):
                while not (self.settle(_GLANCE) or stop.is_set()):
                    pass
            elif (until := self._own()) is None:
                break
            else:
                stop.wait(max(_GLANCE, (until - now).total_seconds()))
        self.close()
        self._tidy()
        if self._failures:
            raise BotError(f"{self._failures} {self._what} failed; the log above says why.")

    def close(self) -> None:
        """Finish the posts that are under way and begin no other."""
        self._pool.shutdown(cancel_futures=True)

    def _turn(self) -> float:
        """Begin with what there are posters for; the seconds until there may be more to do."""
        under_way = [one for one in self._running if not one.done()]
        if len(under_way) >= self._posters:
            wait(under_way, _GLANCE, FIRST_COMPLETED)
            return 0.0
        now = self._clock()
        if self.tick(now):
            return 0.0
        wake_at = self._schedule.next_wake()
        seconds = (wake_at - now).total_seconds() if wake_at else _LONGEST
        return min(max(_SHORTEST, seconds), _LONGEST)

    def _due(self, now: datetime) -> list[Subscriber]:
        """Return some of what is due, with as many more as this process leaves alone for now."""
        with self._lock:
            self._running = {one: who for one, who in self._running.items() if not one.done()}
            self._resting = {who: rest for who, rest in self._resting.items() if rest.until > now}
            self._quiet = {team: until for team, until in self._quiet.items() if until > now}
            left_alone = len(self._running) + len(self._resting)
        return list(self._schedule.due(now, _LOOKED_AT + left_alone))

    def _free(self, due: Collection[Subscriber], now: datetime) -> list[Subscriber]:
        """Those among the due that nothing holds back, in any order."""
        with self._lock:
            for one in due:
                if (until := self._quiet.get(one.team_id, now)) > now:
                    # Not begun yet, but `once` owes it all the same.
                    self._resting.setdefault(one.id, Rest(until, ours=True))
            held = {*self._running.values(), *self._resting}
        free = [one for one in due if one.id not in held]
        return random.sample(free, min(len(free), _TAKEN))

    def _begin(self, subscriptions: Collection[Subscriber]) -> int:
        for one in subscriptions:
            self._running[self._pool.submit(self._post, one)] = one.id
        return len(subscriptions)

    def _post(self, subscription: Subscriber) -> None:
        """Post for one subscription; whatever goes wrong is its own affair."""
        try:
            rest = self._poster.post(subscription)
        except Exception as error:
            rest = Rest(self._clock() + PAUSE, ours=False)
            with self._lock:
                self._failures += 1
            if isinstance(error, StoreError):
                self._lost(error)
            else:
                log.exception("A post of %s failed", subscription.id)
        if rest:
            with self._lock:
                self._resting[subscription.id] = rest
                if rest.quiet:
                    self._quiet[subscription.team_id] = rest.until

    def _own(self) -> datetime | None:
        """When the first post that this process has begun is to be looked at again."""
        with self._lock:
            return min((one.until for one in self._resting.values() if one.ours), default=None)

    def _tidy(self) -> None:
        now = self._clock()
        if self._clean_up and (self._cleaned_at is None or now - self._cleaned_at >= _CLEANED):
            self._cleaned_at = now
            self._clean_up(now)

    def _lost(self, error: StoreError) -> None:
        """Say once that the database is away."""
        with self._lock:
            said, self._away = self._away, True
        if not said:
            log.warning("The %s wait for the database: %s", self._what, error)

    def _back(self) -> None:
        with self._lock:
            was_away, self._away = self._away, False
        if was_away:
            log.info("The database is back")
