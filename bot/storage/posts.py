"""One post a subscription and local date: claimed for a while, then posted or skipped.

A claim is a lease: whoever holds it may post until it ends. A claim that was never ended, since its
process died or Slack's answer did not come, is taken over when its lease is past; the channel's
history then tells whether the post arrived.
"""

import secrets
from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, literal, select, update

from bot.storage.database import Database
from bot.storage.model import Claim, Post, PostState, Subscription
from bot.storage.tables import posts, subscriptions


class Posts:
    """Claims and what became of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self,
        subscription: Subscription,
        local_date: date,
        item: str,
        *,
        now: datetime,
        until: datetime,
    ) -> Claim | None:
        """Return the right to post until a moment; None if another has it or the day is done.

        None too where the subscription has been turned off, put on another time or deleted since
        it was read. `item` names what is to be posted; a claim that is taken over keeps the item
        of the first.
        """
        token = secrets.token_hex(8)
        row = {
            "local_date": local_date,
            "state": PostState.CLAIMED,
            "item": item,
            "claim": token,
            "claimed_at": now,
            "lease_until": until,
        }
        values = [literal(value, posts.c[name].type) for name, value in row.items()]
        due = _still_due(subscription.id, subscription.due_at)
        row_if_due = select(subscriptions.c.id, *values).where(*due)
        insert = self._database.insert(posts).from_select(["subscription_id", *row], row_if_due)
        claimed = insert.on_conflict_do_nothing().returning(posts.c.claim)
        with self._database.writing() as connection:
            fresh = connection.execute(claimed).first() is not None
            if not fresh and not _take_over(
                connection, subscription, local_date, token, now, until
            ):
                return None
            connection.execute(update(subscriptions).where(*due).values(wake_at=until))
            post = connection.execute(select(posts).where(*_day(subscription.id, local_date))).one()
        return Claim(
            subscription_id=subscription.id,
            local_date=local_date,
            item=post.item,
            token=token,
            first_at=post.claimed_at,
            lease_until=until,
            due_at=subscription.due_at or now,
            taken_over=not fresh,
        )

    def end(
        self,
        claim: Claim,
        state: PostState,
        *,
        now: datetime,
        due_at: datetime,
        ts: str | None = None,
    ) -> bool:
        """Say what became of a claim, and when the subscription is due again.

        Whether the claim still stood. A schedule that was changed meanwhile stays as it is.
        """
        with self._database.writing() as connection:
            ended = connection.execute(
                update(posts)
                .where(*_held(claim))
                .values(state=state, ts=ts, ended_at=now, lease_until=now)
            )
            if ended.rowcount:
                connection.execute(
                    update(subscriptions)
                    .where(*_still_due(claim.subscription_id, claim.due_at))
                    .values(due_at=due_at, wake_at=due_at)
                )
        return bool(ended.rowcount)

    def put_off(self, claim: Claim, until: datetime) -> None:
        """Let a claim rest until a moment, since Slack wants to wait, or has not told."""
        with self._database.writing() as connection:
            held = update(posts).where(*_held(claim)).values(lease_until=until)
            if connection.execute(held).rowcount:
                due = _still_due(claim.subscription_id, claim.due_at)
                connection.execute(update(subscriptions).where(*due).values(wake_at=until))

    def of_day(self, subscription_id: str, local_date: date) -> Post | None:
        """Return a day's post."""
        query = select(posts).where(*_day(subscription_id, local_date))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _post(row)

    def last(self, subscription_id: str) -> Post | None:
        """Return the latest day's."""
        query = (
            select(posts)
            .where(posts.c.subscription_id == subscription_id)
            .order_by(posts.c.local_date.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _post(row)

    def used(self, subscription_id: str) -> Counter[str]:
        """How often each item was posted, or is just being posted."""
        query = (
            select(posts.c.item, func.count())
            .where(
                posts.c.subscription_id == subscription_id,
                posts.c.state != PostState.SKIPPED,
            )
            .group_by(posts.c.item)
        )
        with self._database.reading() as connection:
            return Counter(dict(map(tuple, connection.execute(query))))

    def counts(self) -> dict[str, int]:
        """How many posts there are of each state."""
        query = select(posts.c.state, func.count()).group_by(posts.c.state)
        with self._database.reading() as connection:
            found: dict[str, int] = dict(map(tuple, connection.execute(query)))
        return {state.value: found.get(state.value, 0) for state in PostState}


def _take_over(
    connection: Connection,
    subscription: Subscription,
    local_date: date,
    token: str,
    now: datetime,
    until: datetime,
) -> bool:
    """Take a claim whose lease is past; whether there was one."""
    past = posts.c.state == PostState.CLAIMED, posts.c.lease_until <= now
    taken = (
        update(posts)
        .where(*_day(subscription.id, local_date), *past)
        .where(exists().where(*_still_due(subscription.id, subscription.due_at)))
        .values(claim=token, lease_until=until)
    )
    return bool(connection.execute(taken).rowcount)


def _still_due(subscription_id: str, due_at: datetime | None) -> tuple[Any, ...]:
    """Return a subscription, while it is on and its schedule is the one that was read."""
    column = subscriptions.c.due_at
    return subscriptions.c.id == subscription_id, column.is_not(None), column == due_at


def _day(subscription_id: str, local_date: date) -> tuple[Any, ...]:
    return posts.c.subscription_id == subscription_id, posts.c.local_date == local_date


def _held(claim: Claim) -> tuple[Any, ...]:
    """Return the row of a claim, while nobody else has taken it over or ended it."""
    return (
        *_day(claim.subscription_id, claim.local_date),
        posts.c.claim == claim.token,
        posts.c.state == PostState.CLAIMED,
    )


def _post(row: Row[Any]) -> Post:
    return Post(
        subscription_id=row.subscription_id,
        local_date=row.local_date,
        state=PostState(row.state),
        item=row.item,
        ts=row.ts,
        ended_at=row.ended_at,
    )
