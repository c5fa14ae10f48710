"""What listeners work with, handed to each of them by name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from bot.answers import Answerer, Pointer
from bot.links import NO_LINKS, Links
from bot.pointing import Pointing
from bot.slack.blocks.ways import Ways
from bot.slack.policy import DEFAULT_POLICY, Policy
from bot.slack.requests.breaker import Breaker
from bot.slack.requests.dedup import EventDeduplicator
from bot.slack.requests.observer import Observer, Unobserved
from bot.slack.requests.places import Places
from bot.slack.requests.question_log import QuestionLog
from bot.slack.requests.rate_limit import RateLimiter
from bot.slack.requests.thread_log import ThreadLog
from bot.storage import Asker, BatchWriter, Store


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """What answers, what is kept, what the operator decided, what counts, and the time.

    `flush` has what this process was given to keep written at once, `breaker` spares
    a store that fails. `links` are the addresses of pages; with `files` each quote says its file
    and line, as a terminal wants it. `pointing` asks a language model where the search is unsure.
    """

    answerer: Answerer
    store: Store
    policy: Policy
    dedup: EventDeduplicator
    question_log: QuestionLog
    thread_log: ThreadLog
    places: Places
    rate_limit: RateLimiter
    observer: Observer
    clock: Callable[[], datetime]
    flush: Callable[[], None]
    breaker: Breaker
    links: Links = NO_LINKS
    files: bool = False
    pointing: Pointing | None = None

    def pointer(self, asker: Asker | None) -> Pointer | None:
        """Return who points at what answers a person's question, if their workspace agrees."""
        return self.pointing.of(asker.team_id if asker else None) if self.pointing else None

    def model_for(self, asker: Asker | None) -> str:
        """Return which model sees the questions of a person's workspace; empty if none does."""
        team_id = asker.team_id if asker else None
        return self.pointing.name if self.pointing and self.pointing.agrees(team_id) else ""

    @property
    def hosted_model(self) -> str:
        """Return which model an admin has to agree to; empty if there is none."""
        return self.pointing.name if self.pointing and self.pointing.agreed else ""

    @property
    def ways(self) -> Ways:
        """Return what is shown of where quotes stand."""
        return Ways(self.links, self.files)

    def in_workspace(self, team_id: str | None) -> Self:
        """Return the services of one workspace, whose policy may differ."""
        policy = self.policy.in_workspace(team_id)
        return self if policy is self.policy else replace(self, policy=policy)

    @classmethod
    def of(  # noqa: PLR0913 - what the rest is built of, each by its name
        cls,
        answerer: Answerer,
        store: Store,
        policy: Policy = DEFAULT_POLICY,
        *,
        observer: Observer | None = None,
        writer: BatchWriter | None = None,
        clock: Callable[[], datetime] = now,
        links: Links = NO_LINKS,
        pointing: Pointing | None = None,
    ) -> Self:
        """Build the rest; `writer` keeps what is said; without it the store does so at once."""
        observer, breaker = observer or Unobserved(), Breaker()
        return cls(
            answerer=answerer,
            store=store,
            policy=policy,
            dedup=EventDeduplicator(store.events, clock, breaker),
            question_log=QuestionLog(writer or store.questions, observer, clock),
            thread_log=ThreadLog(store.thread_turns, writer or store.thread_turns, breaker),
            places=Places(store.news_posts, store.channel_shows, store.listening, breaker),
            rate_limit=RateLimiter(policy.rate_limit),
            observer=observer,
            clock=clock,
            flush=writer.flush if writer else lambda: None,
            breaker=breaker,
            links=links,
            pointing=pointing,
        )
