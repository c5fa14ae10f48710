"""The right to post once: claimed for a while, then posted or skipped.

A claim is a lease: whoever holds it may post until it ends. A claim that was never ended, since its
process died or Slack's answer did not come, is taken over when its lease is past; the channel's
history then tells whether the post arrived.
"""

import secrets
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Table, exists, func, literal, select, update

from bot.storage.database import Database
from bot.storage.posting.model import Claim, PostState


class Scheduled(Protocol):
    """A subscription, as far as claims know it: by its id and the schedule that was read."""

    @property
    def id(self) -> str:
        """Return its id."""

    @property
    def due_at(self) -> datetime | None:
        """Return when its next post is due; None where it is off or has nothing to come."""


class Claims:
    """Claims of one table of posts.

    `subscriptions` has `id`, `due_at` and `wake_at`; `posts` has `subscription_id`, the column
    `which`, by which the posts of a subscription are told apart, and the columns of a claim.
    """

    def __init__(self, database: Database, subscriptions: Table, posts: Table, which: str) -> None:
        self._database, self._subscriptions, self._posts = database, subscriptions, posts
        self._which = posts.c[which]

    def claim(
        self,
        subscription: Scheduled,
        which: date | int,
        item: str,
        *,
        now: datetime,
        until: datetime,
    ) -> Claim | None:
        """Return the right to post until a moment; None if another has it or the post is done.

        None too where the subscription has been turned off, put on another time or deleted since
        it was read. `item` names what is to be posted; a claim that is taken over keeps the item
        of the first.
        """
        token = secrets.token_hex(8)
        row = {
            self._which.name: which,
            "state": PostState.CLAIMED,
            "item": item,
            "claim": token,
            "claimed_at": now,
            "lease_until": until,
        }
        values = [literal(value, self._posts.c[name].type) for name, value in row.items()]
        due = self._still_due(subscription.id, subscription.due_at)
        row_if_due = select(self._subscriptions.c.id, *values).where(*due)
        insert = self._database.insert(self._posts)
        insert = insert.from_select(["subscription_id", *row], row_if_due)
        claimed = insert.on_conflict_do_nothing().returning(self._posts.c.claim)
        with self._database.writing() as connection:
            fresh = connection.execute(claimed).first() is not None
            if not fresh and not self._take_over(
                connection, subscription, which, token, now, until
            ):
                return None
            connection.execute(update(self._subscriptions).where(*due).values(wake_at=until))
            found = select(self._posts).where(*self._one(subscription.id, which))
            post = connection.execute(found).one()
        return Claim(
            subscription_id=subscription.id,
            which=which,
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
        due_at: datetime | None,
        ts: str | None = None,
    ) -> bool:
        """Say what became of a claim, and when the subscription is due again, if it is.

        Whether the claim still stood. A schedule that was changed meanwhile stays as it is.
        """
        with self._database.writing() as connection:
            ended = connection.execute(
                update(self._posts)
                .where(*self._held(claim))
                .values(state=state, ts=ts, ended_at=now, lease_until=now)
            )
            if ended.rowcount:
                connection.execute(
                    update(self._subscriptions)
                    .where(*self._still_due(claim.subscription_id, claim.due_at))
                    .values(due_at=due_at, wake_at=due_at)
                )
        return bool(ended.rowcount)

    def put_off(self, claim: Claim, until: datetime) -> None:
        """Let a claim rest until a moment, since Slack wants to wait, or has not told."""
        with self._database.writing() as connection:
            held = update(self._posts).where(*self._held(claim)).values(lease_until=until)
            if connection.execute(held).rowcount:
                due = self._still_due(claim.subscription_id, claim.due_at)
                connection.execute(update(self._subscriptions).where(*due).values(wake_at=until))

    def state(self, subscription_id: str, which: date | int) -> PostState | None:
        """Return how far a post has come; None where there is none."""
        query = select(self._posts.c.state).where(*self._one(subscription_id, which))
        with self._database.reading() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else PostState(found)

    def counts(self) -> dict[str, int]:
        """How many posts there are of each state."""
        state = self._posts.c.state
        query = select(state, func.count()).group_by(state)
        with self._database.reading() as connection:
            found: dict[str, int] = dict(map(tuple, connection.execute(query)))
        return {state.value: found.get(state.value, 0) for state in PostState}

    def _take_over(
        self,
        connection: Connection,
        subscription: Scheduled,
        which: date | int,
        token: str,
        now: datetime,
        until: datetime,
    ) -> bool:
        """Take a claim whose lease is past; whether there was one."""
        columns = self._posts.c
        past = columns.state == PostState.CLAIMED, columns.lease_until <= now
        taken = (
            update(self._posts)
            .where(*self._one(subscription.id, which), *past)
            .where(exists().where(*self._still_due(subscription.id, subscription.due_at)))
            .values(claim=token, lease_until=until)
        )
        return bool(connection.execute(taken).rowcount)

    def _still_due(self, subscription_id: str, due_at: datetime | None) -> tuple[Any, ...]:
        """Return a subscription, while it is on and its schedule is the one that was read."""
        columns = self._subscriptions.c
        return columns.id == subscription_id, columns.due_at.is_not(None), columns.due_at == due_at

    def _one(self, subscription_id: str, which: date | int) -> tuple[Any, ...]:
        return self._posts.c.subscription_id == subscription_id, self._which == which

    def _held(self, claim: Claim) -> tuple[Any, ...]:
        """Return the row of a claim, while nobody else has taken it over or ended it."""
        return (
            *self._one(claim.subscription_id, claim.which),
            self._posts.c.claim == claim.token,
            self._posts.c.state == PostState.CLAIMED,
        )
