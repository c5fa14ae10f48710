"""Whether a model is asked, for whom, and what becomes of what it says or does not say in time."""

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal, NamedTuple

from limits import RateLimitItemPerDay
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from bot.answers import Candidate, Pick, Pointed
from bot.errors import BotError
from bot.pointing.breaker import Breaker
from bot.pointing.prompt import VERSION, asked, picks

When = Literal["unsure", "always"]
# Where the bot is unsure: from here on and up to there. Below lie an eighth of what no passage
# answers in tests/evaluation/fresh.yaml and a third in off_topic.yaml, and of what one does answer
# only what speaks of nothing known. From .7 on one quote is shown.
FEWEST, SURE = 0.08, 0.7
_PER_TOKEN = 4  # characters, roughly; it counts where an endpoint does not tell

log = logging.getLogger(__name__)


class LateError(BotError):
    """A model that said nothing in time."""


class Reply(NamedTuple):
    """What a model wrote, and the tokens that it took; None where it did not tell."""

    words: str
    tokens: int | None


# What writes a reply to what it is shown; raises whatever it likes where it fails.
Ask = Callable[[str], Reply]


@dataclass(frozen=True, slots=True)
class Terms:
    """Seconds that a question may wait, tokens of a workspace in a day, and when to ask at all."""

    seconds: float
    tokens: int
    when: When = "unsure"


class Pointing:
    """Asks a model, on behalf of any workspace that agrees.

    It is `model` at `host`. `agreed` says of a workspace whether it lets the model see questions;
    None where it need not be asked. What is counted is counted in this process.
    """

    def __init__(
        self,
        ask: Ask,
        model: str,
        host: str,
        terms: Terms,
        executor: Executor,
        *,
        agreed: Callable[[str], bool] | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.model, self.host = model, host
        self._ask, self._terms, self._executor = ask, terms, executor
        self.agreed, self._breaker = agreed, breaker or Breaker()
        self._budget = RateLimitItemPerDay(terms.tokens)
        self._spent = FixedWindowRateLimiter(MemoryStorage())

    def of(self, team_id: str | None) -> "WorkspacePointer":
        """Return who points for a workspace; None stands for whoever runs this process."""
        return WorkspacePointer(self, team_id)

    def wants(self, confidence: float) -> bool:
        """Return whether an answer of this confidence is one to ask about."""
        return FEWEST <= confidence <= (1.0 if self._terms.when == "always" else SURE)

    @property
    def name(self) -> str:
        """Return which model it is, and where."""
        return f"{self.model} at {self.host}"

    def agrees(self, team_id: str | None) -> bool:
        """Return whether the model may see a workspace's questions."""
        return self.agreed is None or (team_id is not None and self.agreed(team_id))

    def can_ask(self, team_id: str | None) -> bool:
        """Return whether a workspace has tokens left, and the model is not failing."""
        return self._spent.test(self._budget, team_id or "") and self._breaker.allows()

    def point(
        self,
        team_id: str | None,
        question: str,
        earlier: Sequence[str],
        candidates: Sequence[Candidate],
    ) -> Pointed:
        """Ask; whatever goes wrong is logged and costs no more than the time that there is."""
        began, shown = time.monotonic(), asked(question, earlier, candidates)
        tokens, found, why = len(shown) // _PER_TOKEN, None, ""
        try:
            reply = self._waited(shown)
            tokens = (
                tokens + len(reply.words) // _PER_TOKEN if reply.tokens is None else reply.tokens
            )
            found = picks(reply.words, candidates)
        except (BotError, ValueError) as error:
            why = str(error)
        except Exception as error:  # noqa: BLE001 - whatever stands in the way, the bot answers
            why = type(error).__name__
        seconds = time.monotonic() - began
        self._settle(team_id, tokens, found, why, seconds)
        return Pointed(self.model, found, tokens, seconds)

    def _waited(self, shown: str) -> Reply:
        """Return the reply to what is shown; raises LateError if there is none in time."""
        waiting = self._executor.submit(self._ask, shown)
        try:
            return waiting.result(self._terms.seconds)
        except TimeoutError:
            waiting.cancel()
            raise LateError(f"no answer within {self._terms.seconds:g} s") from None

    def _settle(
        self,
        team_id: str | None,
        tokens: int,
        found: tuple[Pick, ...] | None,
        why: str,
        seconds: float,
    ) -> None:
        """Count what it cost, and whether it was of use."""
        self._spent.hit(self._budget, team_id or "", cost=max(1, tokens))
        if found is None:
            self._breaker.failed()
            log.warning("The model %s was of no use after %.2f s: %s", self.model, seconds, why)
            return
        self._breaker.succeeded()
        log.info("The model %s chose %d passages in %.2f s", self.model, len(found), seconds)


@dataclass(frozen=True, slots=True)
class WorkspacePointer:
    """A pointer for one workspace; see `bot.answers.Pointer`."""

    pointing: Pointing
    team_id: str | None

    @property
    def key(self) -> str:
        """Return what choices are remembered by: the model, how it is asked, and for whom."""
        return f"{self.pointing.model} {VERSION} {self.team_id or ''}"

    def wants(self, confidence: float) -> bool:
        """Return whether an answer of this confidence is one to ask about, and one may."""
        return self.pointing.wants(confidence) and self.pointing.agrees(self.team_id)

    def point(
        self, question: str, earlier: Sequence[str], candidates: Sequence[Candidate]
    ) -> Pointed | None:
        """Return what answers; None where nobody may be asked."""
        if not candidates or not self.pointing.can_ask(self.team_id):
            return None
        return self.pointing.point(self.team_id, question, earlier, candidates)
