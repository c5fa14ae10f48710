"""Unasked answers in the threads of their questions."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import Answer, Answerer
from bot.listening import is_sure
from bot.posting import Mark, Outcome, Skip, utc_now
from bot.slack.blocks.ways import NO_WAYS, Ways
from bot.slack.listening.message import unasked_message
from bot.slack.listening.words import ended
from bot.slack.posting.once import ClientFor, Metadata, Sender
from bot.storage import Asker, ListeningChannel, Move, Store, ThreadTurn

EVENT = "unasked_answer"


class ChannelAnswers:
    """Answers questions that wait in channels, from the episodes as they are read by now."""

    def __init__(
        self, client_for: ClientFor, answering: Answerer, store: Store, ways: Ways = NO_WAYS
    ) -> None:
        self._sender, self._answering = Sender(client_for), answering
        self._store, self._ways = store, ways

    def is_sure(self, subscription: ListeningChannel, question: str) -> bool:
        """Return whether a channel's question has an answer that is sure enough to be given."""
        return self._answer(subscription, question) is not None

    def post(self, subscription: ListeningChannel, item: str, mark: Mark) -> Outcome:
        """Answer a question that still waits, once nobody has replied in Slack's own copy either.

        What went wrong is sorted by whether the answer may have arrived.
        """
        waiting = self._store.listening.waiting(subscription.id)
        question = next((one.question for one in waiting if one.ts == item), "")
        answer = self._answer(subscription, question) if question else None
        if answer is None:
            return Skip("withdrawn")
        if hindrance := self._sender.call(subscription, _replied(subscription.channel_id, item)):
            return hindrance
        self._leave_floor(subscription, item)
        message = unasked_message(answer, subscription.id, self._ways)
        return self._sender.send(subscription, message, _metadata(mark), item)

    def find(self, subscription: ListeningChannel, mark: Mark, since: datetime) -> Outcome | None:
        """Look for the bot's answer with a mark in its thread."""
        ts = self._store.unasked_answers.question(subscription.id, int(str(mark.which)))
        return self._sender.find(subscription, _metadata(mark), since, ts)

    def tell(self, subscription: ListeningChannel, why: str) -> None:
        """Write to whoever turned it on that it is off; what goes wrong is logged."""
        self._sender.tell(subscription, ended(subscription.channel_id, why))

    def _leave_floor(self, subscription: ListeningChannel, ts: str) -> None:
        """Have the thread go on without the bot, as where people talk to each other.

        Otherwise its answer would count as one to somebody who had mentioned it.
        """
        nobody = Asker(subscription.team_id, "", subscription.enterprise_id)
        turn = ThreadTurn(subscription.channel_id, ts, ts, Move.ELSEWHERE, utc_now())
        self._store.thread_turns.add(nobody, turn)

    def _answer(self, subscription: ListeningChannel, question: str) -> Answer | None:
        """Return the answer, looked up first in the channel's show; None if it is not sure."""
        show = self._store.channel_shows.get(subscription.team_id, subscription.channel_id)
        answer = self._answering.ask(question, show=show or "")
        return answer if is_sure(answer) else None


def _replied(channel_id: str, ts: str) -> Callable[[WebClient], Outcome | None]:
    """Return what looks in Slack whether somebody has replied to a message, or it is gone.

    Where reads are used up, what the bot heard has to do, which is nearly always all.
    https://docs.slack.dev/reference/methods/conversations.replies
    """

    def look(client: WebClient) -> Outcome | None:
        try:
            thread = client.conversations_replies(channel=channel_id, ts=ts, limit=2)["messages"]
        except SlackApiError as refused:
            match refused.response["error"]:
                case "thread_not_found":  # it was deleted, and had no replies
                    return Skip("question_gone")
                case "ratelimited":
                    return None
            raise
        return Skip("replied") if len(thread) > 1 else None

    return look


def _metadata(mark: Mark) -> Metadata:
    payload = {"subscription": mark.subscription_id, "number": mark.which}
    return {"event_type": EVENT, "event_payload": payload}
