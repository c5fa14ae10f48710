"""Channels that do as they are told, and a clock that moves when somebody waits."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any

from bot.posting import Loop, Mark, Outcome, Posted, Subscriber, Unsure
from bot.storage import Database, Store, StoreError
from bot.storage.posting.announcements import Announcements, NewsPosts
from bot.storage.posting.listening import Listening, UnaskedAnswers
from bot.storage.posting.posts import Posts
from bot.storage.posting.subscriptions import Subscriptions

Plan = Outcome | Exception | Callable[[], Outcome]


class Clock:
    """A clock that stands still; `monotonic` moves with it, unless it is set.

    `loops` are those that go by it.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.seconds = 0.0
        self.loops: list[Loop] = []

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    def move(self, by: timedelta) -> None:
        self.now += by
        self.seconds += by.total_seconds()


class Stop(Event):
    """A stop signal; waiting for it moves the clock, once no post of its loops is under way.

    Otherwise simulated minutes would pass while a thread waits for its turn on the machine.
    """

    def __init__(self, clock: Clock, until: datetime | None = None) -> None:
        super().__init__()
        self._clock, self._until = clock, until

    def wait(self, timeout: float | None = None) -> bool:
        settled = all(loop.settle(timeout=30) for loop in self._clock.loops)
        assert settled, "a post is still under way"
        self._clock.move(timedelta(seconds=timeout or 0))
        if self._until and self._clock.now >= self._until:
            self.set()
        return self.is_set()


class FakeChannels:
    """What was posted, in `posts`; `plans` says by channel how the next attempts end.

    A plan is an outcome, an exception to raise, or what is called in place of Slack. `lost` are
    posts that arrive although nobody hears of it, `unreadable` what hinders looking for them.
    """

    def __init__(self) -> None:
        self.posts: dict[str, list[tuple[Mark, str]]] = defaultdict(list)
        self.plans: dict[str, deque[Plan]] = defaultdict(deque)
        self.unreadable: dict[str, deque[Outcome]] = defaultdict(deque)
        self.looked: list[tuple[str, datetime]] = []
        self.told: list[tuple[str, str]] = []
        self._lock = Lock()

    def post(self, subscription: Subscriber, item: str, mark: Mark) -> Outcome:
        plans = self.plans[subscription.channel_id]
        if plans:
            plan = plans.popleft()
            if isinstance(plan, Exception):
                raise plan
            if not isinstance(plan, Outcome):
                plan = plan()
            if not isinstance(plan, Posted):
                return plan
        return self._keep(subscription, item, mark)

    def arrives_unheard(self, subscription: Subscriber, item: str, day: Mark) -> Plan:
        """A plan: Slack takes the post, and the answer is lost."""

        def lost() -> Outcome:
            self._keep(subscription, item, day)
            return Unsure()

        return lost

    def find(self, subscription: Subscriber, mark: Mark, since: datetime) -> Outcome | None:
        self.looked.append((subscription.channel_id, since))
        if hindered := self.unreadable[subscription.channel_id]:
            return hindered.popleft()
        marks = [mark for mark, _ in self.posts[subscription.channel_id]]
        return Posted(f"1.{marks.index(mark):06}") if mark in marks else None

    def tell(self, subscription: Subscriber, why: str) -> None:
        self.told.append((subscription.channel_id, why))

    def items(self, channel: str) -> list[str]:
        """What a channel has got."""
        return [item for _, item in self.posts[channel]]

    def _keep(self, subscription: Subscriber, item: str, mark: Mark) -> Outcome:
        with self._lock:
            self.posts[subscription.channel_id].append((mark, item))
            return Posted(f"1.{len(self.posts[subscription.channel_id]) - 1:06}")


class Away:
    """A database that goes away: while `methods` names some, those raise StoreError."""

    def __init__(self, store: Store) -> None:
        self.methods: set[str] = set()
        self.failed = 0
        self.store = replace(
            store,
            posts=self._failing(Posts, store.database),
            subscriptions=self._failing(Subscriptions, store.database),
            announcements=self._failing(Announcements, store.database),
            news_posts=self._failing(NewsPosts, store.database),
            listening=self._failing(Listening, store.database, store.workspaces),
            unasked_answers=self._failing(UnaskedAnswers, store.database),
        )

    def _failing(self, kind: type[Any], database: Database, *others: Any) -> Any:
        away = self

        class Failing(kind):  # type: ignore[misc]  # a class that is only known here
            def __getattribute__(self, name: str) -> Any:
                if name in away.methods:
                    away.failed += 1
                    raise StoreError(f"The database fails: {name}")
                return super().__getattribute__(name)

        return Failing(database, *others)
