"""What is kept, as the rooms above see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, and where: ids of Slack's. The store keeps a keyed hash of `user_id` alone."""

    team_id: str
    user_id: str
    enterprise_id: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quote stands: enough to count by, never its words."""

    episode: str
    segment: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was asked, and how it ended; `passages` are those of its quotes.

    `id` is made by whoever answers (`new_id`), since the feedback buttons bear it.
    `surface` is command, mention, thread, direct, button, shortcut, home, workflow or daily.
    `reason` is why it was declined, in a word of `NoAnswer.reason`; empty where it was answered.
    `episode` is the slug of the one episode that was asked about, `show` the name of the show that
    was looked in first; both are empty where all were.
    """

    id: str
    surface: str
    question: str
    kind: str
    answered: bool
    confidence: float
    passages: tuple[Passage, ...]
    asked_at: datetime
    reason: str = ""
    episode: str = ""
    show: str = ""


class Move(StrEnum):
    """What somebody does to whose turn it is in a thread.

    They turn to the bot by its mention, thank it or stop it by its mention, ask something, turn to
    somebody else or end the conversation, say something else, or no more than an interjection.
    """

    MENTION = "mention"
    FAREWELL = "farewell"
    QUESTION = "question"
    ELSEWHERE = "elsewhere"
    TALK = "talk"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class ThreadTurn:
    """A message in a thread that the bot takes part in.

    `question` is what the bot was asked and answered; of anything else no word is kept. `speaker`
    comes with a turn that is read: the id of the person who reads, for others a code without name.
    """

    channel_id: str
    thread_ts: str
    ts: str
    move: Move
    said_at: datetime
    question: str = ""
    answered: bool = False
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's thumb on an answer or a daily post; the latest one counts.

    `reason` and `comment` come with a thumb down, or not at all.
    """

    answer_id: str
    helpful: bool
    passages: tuple[Passage, ...]
    given_at: datetime
    reason: str | None = None
    comment: str | None = None


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


@dataclass(frozen=True, slots=True)
class Handover:
    """A question that the episode does not answer, handed to a person.

    It was asked by `asked_by` in `channel_id`, in the thread `thread_ts` if there was one; a
    person's answer goes back there. Where it was asked in private, `channel_id` is None, and the
    answer goes to the asker alone. `answer` is None while there is none, and where the question
    was resolved without one; `resolved_at` is then set.
    """

    id: str
    team_id: str
    question: str
    asked_by: str
    asked_at: datetime
    channel_id: str | None = None
    thread_ts: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    resolved_at: datetime | None = None


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
class FollowedFeed:
    """A podcast that is followed.

    `address` is a URL, which may hold a key in its query, or the path of a file. `newest` is how
    many episodes are wanted, the newest first, None for all. `due_at` is when the next look is due,
    None where it was stopped; `stopped` then says why. `first_read_at` is when all of it was read
    for the first time; what comes later is new. `failed` is what went wrong in the last look.
    `etag`, `modified` and `digest` tell the feed that was read to the end, None where it was not.
    """

    id: str
    address: str = field(repr=False)
    title: str
    newest: int | None
    language: str | None
    followed_at: datetime
    due_at: datetime | None
    stopped: str | None = None
    looked_at: datetime | None = None
    first_read_at: datetime | None = None
    failed: str | None = None
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An episode of a followed feed.

    `slug` is what it is kept as in the knowledge folder, None while no transcript is. `state` names
    what the feed said when it was last tried, `failed` why nothing came of that, and `gone` that it
    is for good. `source` is the
    digest of the address that the transcript came from, `etag` and `modified` are what its server
    said of it, `digests` what tells an edit by hand. `announce`: it is `new`, and to be announced.
    """

    guid: str
    title: str
    published: datetime | None
    audio: str | None
    link: str | None
    seen_at: datetime
    new: bool = False
    announce: bool = False
    slug: str | None = None
    state: str | None = None
    tried_at: datetime | None = None
    failed: str | None = None
    gone: bool = False
    source: str | None = None
    etag: str | None = None
    modified: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewEpisode:
    """An episode that came after a feed was first read, and whose transcript is kept.

    `slug` is what the knowledge folder knows it by; `published` is aware, None where the feed does
    not say.
    """

    show: str
    slug: str
    title: str
    published: datetime | None


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
class Recorded:
    """A new episode, and when the bot heard of it."""

    episode: NewEpisode
    recorded_at: datetime


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
