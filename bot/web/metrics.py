"""What is counted, over all processes, for Prometheus."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.answers import Consulted
from bot.errors import BotError

# Slack's words for what can be refused to this bot, https://docs.slack.dev/reference/methods; any
# other counts as `other`, so that the number of series stays bounded.
_KNOWN_ERRORS = frozenset(
    """
    account_inactive cant_update_message channel_not_found exclusive_method expired_trigger_id
    fatal_error internal internal_error invalid_auth invalid_blocks is_archived message_not_found
    missing_scope msg_blocks_too_long msg_too_long no_permission no_text not_allowed_token_type
    not_authed not_in_channel ratelimited request_timeout restricted_action service_unavailable
    team_access_not_granted thread_not_found token_expired token_revoked user_not_found
    """.split()
)
# Seconds; Slack's own share of an answer is some 100 ms.
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)

log = logging.getLogger(__name__)


class Metrics:
    """Counts what it is told as an observer; `posts` says how many daily posts are in each state.

    With PROMETHEUS_MULTIPROC_DIR set before this module is imported, processes count together.
    """

    def __init__(self, posts: Callable[[], Mapping[str, int]]) -> None:
        own = CollectorRegistry()
        self._requests = Counter(
            "bot_requests",
            "Questions by surface and outcome.",
            ["surface", "outcome"],
            registry=own,
        )
        self._latency = Histogram(
            "bot_answer_seconds",
            "From a question's arrival at a listener until Slack took the answer.",
            ["surface"],
            registry=own,
            buckets=_BUCKETS,
        )
        self._errors = Counter(
            "bot_errors", "Failed requests by Slack's word, or internal.", ["error"], registry=own
        )
        self._consulted = Counter(
            "bot_model_questions",
            "Questions that a language model was asked, by what became of it.",
            ["outcome"],
            registry=own,
        )
        self._tokens = Counter(
            "bot_model_tokens", "Tokens that a language model took.", registry=own
        )
        self._waited = Histogram(
            "bot_model_seconds",
            "From asking a language model to its reply.",
            registry=own,
            buckets=_BUCKETS,
        )
        self._shown = CollectorRegistry()
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            MultiProcessCollector(self._shown)  # type: ignore[no-untyped-call]  # left untyped
        else:
            self._shown.register(own)
        self._shown.register(_Posts(posts))

    def answered(self, surface: str, outcome: str, seconds: float) -> None:
        """Count a question, and the seconds that its answer took."""
        self._requests.labels(surface, outcome).inc()
        self._latency.labels(surface).observe(seconds)

    def consulted(self, what: Consulted) -> None:
        """Count what became of a language model, its tokens and its seconds."""
        self._consulted.labels(what.outcome).inc()
        self._tokens.inc(what.tokens)
        self._waited.observe(what.seconds)

    def failed(self, error: str) -> None:
        """Count a request that failed, by a word of a bounded set."""
        self._errors.labels(error if error in _KNOWN_ERRORS else "other").inc()

    def exposition(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self._shown)


class _Posts(Collector):
    """Daily posts, counted when somebody asks."""

    def __init__(self, counts: Callable[[], Mapping[str, int]]) -> None:
        self._counts = counts

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Yield what would be collected; asked at registration, when nothing is to be counted."""
        yield GaugeMetricFamily("bot_posts", "Daily posts by state.", labels=["state"])

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the counts, or nothing while the database is away."""
        [family] = self.describe()
        try:
            for state, count in self._counts().items():
                family.add_metric([state], count)
        except BotError as error:
            log.warning("Posts are not counted: %s", error)
        else:
            yield family
