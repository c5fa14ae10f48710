from collections.abc import Callable

import msgspec
import pytest

from bot.answers import Answer, Quote
from bot.slack.asking.form import Origin, answered_view, ask_form, origin_of, quote_of
from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.quote_refs import to_refs
from tests.fakes.limits import view_faults

Make = Callable[..., Quote]


def value_of(*quotes: Quote) -> str:
    return msgspec.json.encode(to_refs(quotes)).decode()


def test_the_form_quotes_what_was_posted(make_quote: Make) -> None:
    quote = make_quote("Plan for change.")
    view = ask_form(Origin("daily", value_of(quote)), quote)
    assert view_faults(view) == []
    assert "Plan for change." in str(view["blocks"])
    origin = origin_of(view)
    assert origin.surface == "daily"
    assert quote_of(origin.about, lambda *_: quote) == quote


def test_the_form_needs_nothing_to_be_about() -> None:
    view = ask_form(Origin("home"))
    assert view_faults(view) == []
    assert origin_of(view) == Origin("home")


def test_the_answer_can_be_asked_on_from(make_quote: Make) -> None:
    origin = Origin("daily", "x" * 1_000)
    view = answered_view(origin, Answer("why?", "quote", "", (make_quote(),)))
    assert view_faults(view) == []
    assert origin_of(view) == origin


@pytest.mark.parametrize(
    "metadata", ["", "no JSON", "[]", "{}", '{"surface":"command"}', '{"surface":"home","about":7}']
)
def test_forged_metadata_is_no_origin(metadata: str) -> None:
    assert origin_of({"private_metadata": metadata}) == Origin("shortcut")


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
