"""Podcasts that are followed, and their episodes, as the rooms above see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


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
