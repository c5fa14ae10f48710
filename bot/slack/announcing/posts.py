"""Cards and lists in their channel."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from bot.announcing import Told
from bot.answers import Answerer
from bot.episodes import Entry
from bot.links import NO_LINKS, Links
from bot.posting import Mark, Outcome, Skip
from bot.slack.announcing.card import card_of
from bot.slack.announcing.message import card_message, list_message
from bot.slack.announcing.words import ended
from bot.slack.blocks.message import Message
from bot.slack.blocks.ways import Ways
from bot.slack.posting.once import ClientFor, Metadata, Sender
from bot.storage import NewsChannel

EVENT = "new_episode"
_AT_HAND = 16  # cards that are kept, for many channels get the same; chosen by hand


class ChannelNews:
    """Tells channels of episodes, as they are read by now."""

    def __init__(self, client_for: ClientFor, answering: Answerer, links: Links = NO_LINKS) -> None:
        self._sender, self._answering, self._ways = Sender(client_for), answering, Ways(links)
        self._card = lru_cache(_AT_HAND)(lambda entry: card_of(entry, answering))

    def knows(self, slug: str) -> bool:
        """Return whether an episode is read by now."""
        return self._answering.library.place(slug) is not None

    def post(self, subscription: NewsChannel, item: str, mark: Mark) -> Outcome:
        """Post a card, or a list; what went wrong is sorted by whether it may have arrived.

        An episode that has gone since is left out; where none is left, nothing is sent.
        """
        told = Told.of(item)
        entries = list(self._entries(told.slugs))
        message = self._message(entries, subscription, is_list=told.is_list) if entries else None
        if message is None:
            return Skip("episode_gone")
        return self._sender.send(subscription, message, _metadata(mark))

    def find(self, subscription: NewsChannel, mark: Mark, since: datetime) -> Outcome | None:
        """Look for the bot's post with a mark in the channel's history."""
        return self._sender.find(subscription, _metadata(mark), since)

    def tell(self, subscription: NewsChannel, why: str) -> None:
        """Write to whoever turned it on that it is off; what goes wrong is logged."""
        self._sender.tell(subscription, ended(subscription.channel_id, why))

    def _message(
        self, entries: list[Entry], channel: NewsChannel, *, is_list: bool
    ) -> Message | None:
        if is_list:
            return list_message(entries, channel.made_by)
        card = self._card(entries[0])
        return card_message(card, self._ways, channel.made_by) if card else None

    def _entries(self, slugs: Iterable[str]) -> Iterator[Entry]:
        library = self._answering.library
        for slug in slugs:
            if (at := library.place(slug)) is not None:
                yield library.entries[at]


def _metadata(mark: Mark) -> Metadata:
    payload = {"subscription": mark.subscription_id, "number": mark.which}
    return {"event_type": EVENT, "event_payload": payload}
