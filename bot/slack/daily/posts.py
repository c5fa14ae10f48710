"""The daily post in its channel."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.answers import Highlight
from bot.posting import Mark, Outcome, Wait
from bot.slack.blocks.ways import NO_WAYS, Ways
from bot.slack.daily.message import daily_message
from bot.slack.daily.words import ended
from bot.slack.posting.once import ClientFor, Metadata, Sender
from bot.storage import Subscription

EVENT = "daily_takeaway"
_GONE_MEANWHILE = 1.0  # seconds until another is posted in the place of what has just gone


class ChannelPosts:
    """Posts highlights, with a button to the quiz if there is a `quiz`.

    `highlights` and `quiz` are asked for each post anew, since episodes come and go.
    `ways` are what is shown of where a quote stands.
    """

    def __init__(
        self,
        client_for: ClientFor,
        highlights: Callable[[], Sequence[Highlight]],
        *,
        quiz: Callable[[], bool],
        ways: Ways = NO_WAYS,
    ) -> None:
        self._sender, self._highlights, self._quiz = Sender(client_for), highlights, quiz
        self._ways = ways
        self._named: dict[str, Highlight] = {}

    def keys(self) -> Sequence[str]:
        """Return what there is to be posted by now; `post` takes what was last returned."""
        self._named = {highlight.key: highlight for highlight in self._highlights()}
        return tuple(self._named)

    def post(self, subscription: Subscription, item: str, mark: Mark) -> Outcome:
        """Post a highlight; what went wrong is sorted by whether it may have arrived.

        One whose episode has gone since its key was returned is not sent: another takes its place.
        """
        highlight = self._named.get(item)
        if highlight is None:
            return Wait(_GONE_MEANWHILE)
        answer_id = f"{mark.subscription_id}:{mark.which}"
        [way] = self._ways.to([highlight.quote])
        message = daily_message(
            highlight, answer_id, subscription.made_by, quiz=self._quiz(), way=way
        )
        return self._sender.send(subscription, message, _metadata(mark))

    def find(self, subscription: Subscription, mark: Mark, since: datetime) -> Outcome | None:
        """Look for the bot's post with a mark in the channel's history."""
        return self._sender.find(subscription, _metadata(mark), since)

    def tell(self, subscription: Subscription, why: str) -> None:
        """Write to whoever turned the post on that it is off; what goes wrong is logged."""
        self._sender.tell(subscription, ended(subscription.channel_id, why))


def _metadata(mark: Mark) -> Metadata:
    payload = {"subscription": mark.subscription_id, "date": str(mark.which)}
    return {"event_type": EVENT, "event_payload": payload}
