"""The next unasked answer of one due channel."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.listening.planning import answerable
from bot.posting import Channels, Planned, Poster, Terms, utc_now
from bot.storage import Claim, ListeningChannel, OpenQuestion, PostState, Store, UnaskedAnswer

# More than a channel can have in a day: twenty wait at once, each for ten minutes.
_LATEST = 3_000


class Posting(Poster[ListeningChannel]):
    """Answers the questions of a channel that nobody replied to, one after the other.

    `is_sure` returns whether a channel's question has an answer that is sure enough. The answers of
    a channel are numbered, and no number is claimed before the one below it has ended: so each
    claim knows what all before it answered, no question is answered twice, and no day has too many.
    """

    def __init__(
        self,
        store: Store,
        channels: Channels[ListeningChannel],
        is_sure: Callable[[ListeningChannel, str], bool],
        terms: Terms,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(store.unasked_answers, channels, terms, clock, monotonic)
        self._store, self._is_sure = store, is_sure

    def _plan(self, subscription: ListeningChannel) -> Planned | None:
        # In this order: what is answered after the first look makes the number a taken one.
        answers = self._store.unasked_answers.latest(subscription.id, _LATEST)
        waiting = self._store.listening.waiting(subscription.id)
        if answers and answers[0].state is PostState.CLAIMED:
            return _again(answers[0], waiting)
        now = self._clock()
        left = answerable(waiting, answers, now)
        self._store.listening.drop(subscription.id, [one.ts for one in waiting if one not in left])
        number = answers[0].number + 1 if answers else 1
        return self._first_sure(subscription, left, number, now)

    def _first_sure(
        self,
        subscription: ListeningChannel,
        left: Sequence[OpenQuestion],
        number: int,
        now: datetime,
    ) -> Planned | None:
        """Return the first due question that is surely answered; those before it are deleted.

        Where there is none, the channel waits until the next question is due.
        """
        for question in left:
            if question.due_at > now:
                self._store.listening.move_on(subscription, question.due_at)
                return None
            if self._is_sure(subscription, question.question):
                return Planned(number, question.ts)
            self._store.listening.drop(subscription.id, [question.ts])
        self._store.listening.move_on(subscription, None)
        return None

    def _move_on(self, subscription: ListeningChannel, now: datetime) -> None:
        """Do nothing: it stays due, and the next look sees what was answered meanwhile."""

    def _is_late(self, claim: Claim, now: datetime) -> bool:
        return now - claim.first_at > self._terms.grace

    def _next(self, subscription: ListeningChannel, claim: Claim, now: datetime) -> datetime:
        """Return the same time: the next look deletes the question, and finds out what waits."""
        del subscription, now
        return claim.due_at

    def _stop(self, subscription_id: str, why: str) -> bool:
        return self._store.listening.stop(subscription_id, why)


def _again(answer: UnaskedAnswer, waiting: Sequence[OpenQuestion]) -> Planned:
    """Return an answer that was claimed and may have been sent.

    It is only looked for where somebody has replied since, or the question is gone.
    """
    waits = any(one.ts == answer.item for one in waiting)
    return Planned(answer.number, "", [answer.item] if waits else [])
