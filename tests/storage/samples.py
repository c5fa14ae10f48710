"""What the tests of the store keep in it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier
from typing import Any, TypeVar

from slack_sdk.oauth.installation_store import Installation

from bot.storage import (
    Asker,
    Feedback,
    ListeningChannel,
    NewEpisode,
    NewsChannel,
    OpenQuestion,
    Passage,
    Question,
    Subscription,
    new_id,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

ASKER = Asker("T1", "U1")
PASSAGE = Passage("episode-02", "SEGMENT 3", 100, 120)

Result = TypeVar("Result")


def a_subscription(**fields: Any) -> Subscription:
    """The daily takeaway of one channel, due now."""
    given: dict[str, Any] = {
        "id": new_id(),
        "team_id": "T1",
        "channel_id": "C1",
        "local_time": time(9, 0),
        "zone": "Europe/London",
        "weekdays": True,
        "made_by": "U1",
        "made_at": NOW - DAY,
        "due_at": NOW,
    }
    return Subscription(**(given | fields))


def a_news_channel(**fields: Any) -> NewsChannel:
    """A channel that is told of the new episodes of every show, since yesterday."""
    given: dict[str, Any] = {
        "id": new_id(),
        "team_id": "T1",
        "channel_id": "C1",
        "show": None,
        "made_by": "U1",
        "made_at": NOW - DAY,
        "since": NOW - DAY,
    }
    return NewsChannel(**(given | fields))


def a_new_episode(slug: str = "tea-3", **fields: Any) -> NewEpisode:
    """An episode that has just come out."""
    given: dict[str, Any] = {"show": "Kitchen Talks", "title": "Tea", "published": NOW - MINUTE}
    return NewEpisode(slug=slug, **(given | fields))


def a_listening_channel(**fields: Any) -> ListeningChannel:
    """A channel that is listened to since yesterday, with nothing that waits."""
    given: dict[str, Any] = {
        "id": new_id(),
        "team_id": "T1",
        "channel_id": "C1",
        "made_by": "U1",
        "made_at": NOW - DAY,
        "since": NOW - DAY,
    }
    return ListeningChannel(**(given | fields))


def an_open_question(ts: str = "1.000001", **fields: Any) -> OpenQuestion:
    """A question that nobody has replied to, due now."""
    given: dict[str, Any] = {"question": "What is RAG?", "due_at": NOW}
    return OpenQuestion(ts, **(given | fields))


def a_question(words: str = "What is RAG?", **fields: Any) -> Question:
    """A question that was answered."""
    given: dict[str, Any] = {
        "id": new_id(),
        "surface": "command",
        "kind": "quote",
        "answered": True,
        "confidence": 0.9,
        "passages": (PASSAGE,),
        "asked_at": NOW,
    }
    return Question(question=words, **(given | fields))


def a_thumb(answer_id: str, **fields: Any) -> Feedback:
    """A thumb up."""
    given: dict[str, Any] = {"helpful": True, "passages": (PASSAGE,), "given_at": NOW}
    return Feedback(answer_id=answer_id, **(given | fields))


def an_installation(**fields: Any) -> Installation:
    """What Slack hands over when a workspace installs the app."""
    given: dict[str, Any] = {
        "app_id": "A1",
        "enterprise_id": None,
        "team_id": "T1",
        "user_id": "U1",
        "bot_token": "xoxb-secret",
        "bot_id": "B1",
        "bot_user_id": "U0",
        "bot_scopes": ["commands"],
        "user_token": "xoxp-secret",
        "incoming_webhook_url": "https://hooks.example.com/secret",
        "installed_at": NOW.timestamp(),
    }
    return Installation(**(given | fields))


def at_once(times: int, call: Callable[[], Result]) -> list[Result]:
    """What comes of a call by so many threads that begin together."""
    start = Barrier(times)

    def one(_: int) -> Result:
        start.wait()
        return call()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
