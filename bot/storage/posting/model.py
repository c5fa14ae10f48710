"""What is posted, to which channel and when, as the rooms above see it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.storage.feeds.model import NewEpisode


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel's daily takeaway.

    `local_time` is the wall clock's in `zone`, an IANA name. `due_at` is the next post's time, None
    where it is off; `stopped` then says why, None where a person turned it off. `made_by` is the
    id of the person who turned it on, None once they had themselves forgotten.
    """

    id: str
    team_id: str
    channel_id: str
    local_time: time
    zone: str
    weekdays: bool
    made_by: str | None
    made_at: datetime
    due_at: datetime | None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False
    stopped: str | None = None


class PostState(StrEnum):
    """How far a post has come."""

    CLAIMED = "claimed"
    POSTED = "posted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Post:
    """What became of one day's post; `item` names what it shows."""

    subscription_id: str
    local_date: date
    state: PostState
    item: str
    ts: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to post for one subscription, until `lease_until`.

    `which` tells the post from the subscription's others: its local date, or its number.
    `taken_over`: somebody held it before, whose request may have arrived; the channel's history
    since `first_at` tells. `due_at` is the time that the post was due at.
    """

    subscription_id: str
    which: date | int
    item: str
    token: str
    first_at: datetime
    lease_until: datetime
    due_at: datetime
    taken_over: bool


@dataclass(frozen=True, slots=True)
class NewsChannel:
    """A channel that is told of new episodes: of one show, or of every one where `show` is None.

    It is told of what is recorded after `since`, which is None where it is off; `stopped` then says
    why, None where a person turned it off. `due_at` is when its next post is due, None where
    nothing is to be told. `made_by` is the id of the person who turned it on, None once they had
    themselves forgotten.
    """

    id: str
    team_id: str
    channel_id: str
    show: str | None
    made_by: str | None
    made_at: datetime
    since: datetime | None
    due_at: datetime | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class NewsPost:
    """What became of one post of a channel's; they are numbered from 1.

    `item` names the episodes that it tells of. `ts` is Slack's, None where it is not posted.
    """

    number: int
    state: PostState
    item: str
    ts: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A new episode, and when the bot heard of it."""

    episode: NewEpisode
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ListeningChannel:
    """A channel in which questions that nobody replies to are answered unasked.

    `since` is when it was turned on, None where it is off; `stopped` then says why, None where a
    person turned it off. `due_at` is when its questions are looked at next, None where none waits.
    `made_by` is the id of the person who turned it on, None once they had themselves forgotten.
    """

    id: str
    team_id: str
    channel_id: str
    made_by: str | None
    made_at: datetime
    since: datetime | None
    due_at: datetime | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question in a channel that nobody has replied to yet, and when it is to be answered.

    `ts` is Slack's, of the message. Before `due_at` people have their turn.
    """

    ts: str
    question: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class UnaskedAnswer:
    """What became of one unasked answer of a channel's; they are numbered from 1.

    `item` is the `ts` of the message that it answers.
    """

    number: int
    state: PostState
    item: str
    ended_at: datetime | None
