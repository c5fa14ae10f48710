from collections.abc import Callable
from typing import Any

import pytest

from bot.answers import Answer, NoAnswer, Quote
from bot.slack.asking.shortcut import ThreadRef, says_view, shown_by, thread_of
from tests.fakes.hostile import HOSTILE, HOSTILE_LONG
from tests.fakes.limits import view_faults

Make = Callable[..., Quote]
PLACE = ThreadRef("C0GENERAL", "1700000000.000100")


def test_replies_go_to_the_thread_of_a_message_or_begin_one() -> None:
    given: dict[str, Any] = {"channel": {"id": "C0GENERAL"}, "message": {"ts": PLACE.thread_ts}}
    assert thread_of(given) == PLACE
    given["message"] = {"ts": "1800000000.1", "thread_ts": PLACE.thread_ts}
    assert thread_of(given) == PLACE


@pytest.mark.parametrize(
    "given",
    [
        {"message": {"ts": "1.1"}},
        {"channel": {}, "message": {"ts": "1.1"}},
        {"channel": {"id": "general"}, "message": {"ts": "1.1"}},
        {"channel": {"id": "C0GENERAL"}, "message": {}},
        {"channel": {"id": "C0GENERAL"}, "message": {"ts": 7}},
        {"channel": None, "message": {"ts": "1.1"}},
    ],
)
def test_what_names_no_message_has_no_thread(given: dict[str, Any]) -> None:
    assert thread_of(given) is None


def test_the_modal_carries_where_to_and_what(make_quote: Make) -> None:
    view = says_view(Answer("q", "quote", "", (make_quote(),)), PLACE)
    shown = shown_by(view)
    assert shown is not None
    assert shown.place == PLACE
    assert "RAG" not in view["private_metadata"]


def test_a_list_that_is_too_long_to_carry_has_no_button(make_quote: Make) -> None:
    items = tuple(make_quote(start=start, digest=f"{start:012}") for start in range(100))
    view = says_view(Answer("q", "terms", "", items[:3], items), PLACE)
    assert view_faults(view) == []
    assert "share_below" not in str(view["blocks"])


@pytest.mark.parametrize("words", HOSTILE + HOSTILE_LONG)
def test_whatever_is_quoted_slack_takes_it(make_quote: Make, words: str) -> None:
    quote = make_quote(words, label=words, segment=words, speaker=words)
    assert view_faults(says_view(Answer(words, "quote", words, (quote,) * 3), PLACE)) == []
    assert view_faults(says_view(NoAnswer(words, "unknown", words, (quote,), (words,)), None)) == []
