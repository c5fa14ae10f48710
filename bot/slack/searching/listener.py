"""`function_executed` for the function that Slack's search calls.

https://docs.slack.dev/enterprise-search/developing-apps-with-search-features
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltContext, Complete, Fail

from bot.answers import Answer, NoAnswer
from bot.slack.asking.answering import answer_question
from bot.slack.asking.message_text import question_in
from bot.slack.blocks.message import Message
from bot.slack.manifest import SEARCH_RESULTS
from bot.slack.requests.question_log import AskRequest
from bot.slack.requests.services import Services
from bot.slack.searching.results import search_results
from bot.storage import Asker

_FAILED = "Something went wrong here. Please search again in a few minutes."


def handle_search(
    event: dict[str, Any],
    complete: Complete,
    fail: Fail,
    context: BoltContext,
    services: Services,
    asker: Asker | None,
) -> None:
    """Answer a search with quotes; Slack shows the words that a search fails with."""
    query = (event.get("inputs") or {}).get("query")
    words = question_in(query if isinstance(query, str) else "", context.bot_user_id)
    known = asker if asker and asker.user_id else None  # what nobody asked is not kept
    try:
        reply = SearchReply(complete, fail, services)
        answer_question(AskRequest(words, known, "search"), reply, services)
    except Exception:
        fail(_FAILED)
        raise


@dataclass(frozen=True, slots=True)
class SearchReply:
    """Completes a search with its results."""

    complete: Complete
    fail: Fail
    services: Services

    def history(self) -> Sequence[str]:
        """Return nothing: a search stands alone."""
        return ()

    def refuse(self, message: Message) -> None:
        """Fail the search."""
        self.fail(message["text"])

    def show(self, answer: Answer | NoAnswer, request: AskRequest) -> bool:
        """Complete the search; return whether there are results.

        People search Slack for anything: what the episodes do not answer was not asked of them, and
        is not kept.
        """
        del request
        found = search_results(answer, self.services.links, self.services.answerer.library)
        self.complete({SEARCH_RESULTS: found})
        return bool(found)
