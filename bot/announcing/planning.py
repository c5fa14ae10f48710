"""What a channel is told of next. Pure, of what waits, of what was posted, and of `now`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from bot.storage import NewsPost, PostState, Recorded

CARDS_AN_HOUR = 3
_HOUR = timedelta(hours=1)
# How long the first of what is too much for cards waits for the others, so that what one look at a
# feed brings stands in one list. Chosen by hand: hundreds of transcripts are fetched in a minute.
GATHERED = timedelta(minutes=2)
# When to look again for an episode that is recorded, and not read yet: at first soon, for a folder
# is looked at every second, then ever less often. Chosen by hand.
_SOONEST, _SHARE, _LATEST = timedelta(seconds=5), 4, timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Told:
    """What one post tells of: the slug of a card's episode, or those of a list."""

    slugs: tuple[str, ...]
    is_list: bool = False

    @property
    def item(self) -> str:
        """Return what is kept of it."""
        return json.dumps(list(self.slugs) if self.is_list else self.slugs[0])

    @classmethod
    def of(cls, item: str) -> Self:
        """Return what was kept."""
        slugs = json.loads(item)
        return cls((slugs,)) if isinstance(slugs, str) else cls(tuple(slugs), is_list=True)


def untold(recorded: Sequence[Recorded], posts: Sequence[NewsPost]) -> list[Recorded]:
    """Return the episodes that no post tells of, whatever became of it, in order."""
    told = {slug for post in posts for slug in Told.of(post.item).slugs}
    return [one for one in recorded if one.episode.slug not in told]


def next_post(
    waiting: Sequence[Recorded], posts: Sequence[NewsPost], now: datetime
) -> Told | datetime | None:
    """Return what is to be posted, or when there is something to; None where nothing waits.

    In any hour a channel gets at most `CARDS_AN_HOUR` cards, the oldest first, and one list of all
    that is too much for them.
    """
    if not waiting:
        return None
    cards = list(_posted(posts, now, lists=False))
    if len(cards) < CARDS_AN_HOUR:
        return Told((waiting[0].episode.slug,))
    lists = [at + _HOUR for at in _posted(posts, now, lists=True)]
    list_at = max([waiting[0].recorded_at + GATHERED, *lists])
    if list_at <= now:
        return Told(tuple(one.episode.slug for one in waiting), is_list=True)
    return min(list_at, min(cards) + _HOUR)


def look_again(unread: Sequence[Recorded], now: datetime) -> datetime | None:
    """Return when to look whether any of some episodes is read by then; None without any."""
    if not unread:
        return None
    age = now - max(one.recorded_at for one in unread)
    return now + min(max(_SOONEST, age / _SHARE), _LATEST)


def _posted(posts: Sequence[NewsPost], now: datetime, *, lists: bool) -> Iterator[datetime]:
    """Yield when cards, or lists, were posted in the last hour."""
    for post in posts:
        counts = post.state is PostState.POSTED and Told.of(post.item).is_list is lists
        if counts and post.ended_at and post.ended_at > now - _HOUR:
            yield post.ended_at
