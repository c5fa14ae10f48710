"""What the place of a question says of where to look: a card's thread, a channel's show."""

import logging
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from bot.announcing import Told
from bot.slack.requests.breaker import Breaker
from bot.storage import Asker, StoreError
from bot.storage.channel_shows import ChannelShows
from bot.storage.posting.announcements import NewsPosts
from bot.storage.posting.listening import Listening

# Seconds that a channel's show is known for without another look, which takes a fifth of what an
# answer does; so long another process may go by the one before. Chosen by hand.
_FRESH = 2.0
# Seconds that the channels that are listened to are known for. Chosen by hand: a question that is
# missed so soon after listening began in another process is no loss.
_FRESH_LISTENING = 5.0
_AT_HAND = 4_096  # channels; chosen by hand

_Found = TypeVar("_Found")

log = logging.getLogger(__name__)


class Places:
    """Looks up what is kept of channels and threads; a database that is away hinders no answer."""

    def __init__(
        self,
        posts: NewsPosts,
        shows: ChannelShows,
        listening: Listening,
        breaker: Breaker,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._posts, self._shows, self._listening = posts, shows, listening
        self._breaker, self._monotonic = breaker, monotonic
        self._known = lru_cache(_AT_HAND)(self._show)
        self._listened = lru_cache(1)(self._listened_to)

    def episode(self, asker: Asker | None, channel_id: str, thread_ts: str | None) -> str | None:
        """Return the slug of the one episode that a thread is about: that of the card above it."""
        if asker is None or not thread_ts:
            return None
        team_id = asker.team_id
        post = self._look(team_id, lambda: self._posts.at(team_id, channel_id, thread_ts))
        told = Told.of(post.item) if post else None
        return told.slugs[0] if told and not told.is_list else None

    def show(self, asker: Asker | None, channel_id: str) -> str:
        """Return the show that a channel's questions are looked up in first; empty for none."""
        if asker is None or not channel_id:
            return ""
        return self._known(asker.team_id, channel_id, int(self._monotonic() // _FRESH))

    def is_listened_to(self, asker: Asker, channel_id: str) -> bool:
        """Return whether unanswered questions of a channel are to be answered."""
        moment = int(self._monotonic() // _FRESH_LISTENING)
        return (asker.team_id, channel_id) in self._listened(moment)

    def forget(self) -> None:
        """Look up anew what is asked from now on, since something was changed."""
        self._known.cache_clear()
        self._listened.cache_clear()

    def _show(self, team_id: str, channel_id: str, moment: int) -> str:
        del moment  # it only ends what is known
        return self._look(team_id, lambda: self._shows.get(team_id, channel_id)) or ""

    def _listened_to(self, moment: int) -> frozenset[tuple[str, str]]:
        del moment  # it only ends what is known
        return self._look("any workspace", self._listening.on) or frozenset()

    def _look(self, team_id: str, look: Callable[[], _Found | None]) -> _Found | None:
        if self._breaker.is_open:
            return None
        try:
            return look()
        except StoreError as error:
            self._breaker.open()
            log.warning("A channel of %s is not looked up: %s", team_id, error)
            return None
