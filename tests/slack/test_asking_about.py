from collections.abc import Callable

import msgspec
import pytest

from bot.answers import Quote
from bot.slack.asking_about import ask_form, quote_of
from bot.slack.coordinates import BUTTON_VALUE, editions
from tests.fakes.limits import view_faults

Make = Callable[..., Quote]


def value_of(*quotes: Quote) -> str:
    return msgspec.json.encode(editions(quotes)).decode()


def test_the_form_quotes_what_was_posted(make_quote: Make) -> None:
    quote = make_quote("Plan for change.")
    view = ask_form(quote, value_of(quote))
    assert view_faults(view) == []
    assert "Plan for change." in str(view["blocks"])
    assert quote_of(view["private_metadata"], lambda *_: quote) == quote


def test_two_quotes_are_none_to_ask_about(make_quote: Make) -> None:
    value = value_of(make_quote(start=1), make_quote(start=2))
    assert quote_of(value, lambda *_: make_quote()) is None


def test_another_edition_is_none(make_quote: Make) -> None:
    assert quote_of(value_of(make_quote()), lambda *_: None) is None


@pytest.mark.parametrize(
    "value",
    ["", "no JSON", "[]", "{}", '["x"]', "[" * 2_000, "x" * (BUTTON_VALUE + 1), '["\\ud800"]'],
)
def test_forged_values_stand_for_nothing(value: str, make_quote: Make) -> None:
    assert quote_of(value, lambda *_: make_quote()) is None
