"""Which questions of a channel may still be answered, and by what. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from bot.answers import Answer, NoAnswer
from bot.storage import OpenQuestion, PostState, UnaskedAnswer

WAIT = timedelta(minutes=10)  # in which people have their turn
MOST_A_DAY = 5  # answers in a channel; the day is UTC's
# How late an answer may still come, where the bot was down or Slack wanted to be left alone. Chosen
# by hand: by then the conversation has gone on.
GRACE = timedelta(minutes=30)
# From this confidence on, an answer is given unasked. Of .5, .55 … .95 it is the lowest from which
# at least .9 of the first quotes are right, and of what no episode answers one in a hundred is
# answered at most, on the files on which nothing was fitted: .github/docs/evaluation.md.
_SURE = 0.85
# What a passage or the reference sheet answers. Questions about the podcast itself are left out:
# in a channel "what's the next step?" asks for no episode.
_KINDS = frozenset({"definition", "quote"})


def is_sure(answer: Answer | NoAnswer) -> TypeGuard[Answer]:
    """Return whether an answer is sure enough to be given to people who have not asked the bot."""
    return isinstance(answer, Answer) and answer.kind in _KINDS and answer.confidence >= _SURE


def answerable(
    waiting: Sequence[OpenQuestion], answers: Sequence[UnaskedAnswer], now: datetime
) -> list[OpenQuestion]:
    """Return the questions that may still be answered, in order; none once a day has its five.

    `answers` are the channel's latest, at least those of the day and of the last `GRACE`.
    """
    if sum(_is_of_day(one, now) for one in answers) >= MOST_A_DAY:
        return []
    taken = {one.item for one in answers}
    return [one for one in waiting if one.ts not in taken and now - one.due_at <= GRACE]


def _is_of_day(answer: UnaskedAnswer, now: datetime) -> bool:
    """Return whether an answer was posted on the same day, in UTC."""
    if answer.state is not PostState.POSTED or answer.ended_at is None:
        return False
    return answer.ended_at.astimezone(UTC).date() == now.astimezone(UTC).date()
