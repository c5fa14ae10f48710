from collections.abc import Callable
from typing import Any

import pytest

from bot.answers import Quote
from bot.slack.answer.feedback import COMMENT, REASONS, Reason, read_reason, reason_form
from bot.slack.answer.thumbs import THUMBS, decode_thumb, thumbs
from tests.fakes.limits import view_faults

Make = Callable[..., Quote]


def sent(reason: Any, comment: Any) -> dict[str, Any]:
    return {"state": {"values": {"reason": {"reason": reason}, "comment": {"comment": comment}}}}


def test_the_form_carries_the_value_of_the_thumb(make_quote: Make) -> None:
    [buttons] = thumbs("a1", [make_quote(start=n, end=n + 5) for n in range(3)])["elements"]
    assert buttons["action_id"] == THUMBS
    value = buttons["negative_button"]["value"]
    view = reason_form(value)
    assert view_faults(view) == []
    assert decode_thumb(view["private_metadata"], lambda *_: None) == ("a1", False, [])


@pytest.mark.parametrize("word", REASONS)
def test_a_reason_and_a_comment_come_back(word: str) -> None:
    view = sent({"selected_option": {"value": word}}, {"value": "  too long  "})
    assert read_reason(view) == Reason(word, "too long")


@pytest.mark.parametrize("comment", [None, {}, {"value": None}, {"value": " "}, {"value": 3}])
def test_the_comment_can_be_left_out(comment: Any) -> None:
    view = sent({"selected_option": {"value": "other"}}, comment)
    assert read_reason(view) == Reason("other", None)


@pytest.mark.parametrize("reason", [None, {}, {"selected_option": {"value": "<!channel>"}}])
def test_a_reason_that_is_not_offered_is_none(reason: Any) -> None:
    assert read_reason(sent(reason, {"value": "x" * 600})) == Reason(None, "x" * COMMENT)
