import json
from collections.abc import Callable

import msgspec
import pytest

from bot.answers import Answer, NoAnswer, Quote
from bot.episodes import Entry
from bot.slack.answer.buttons import MORE, More
from bot.slack.asking.form import Origin, answered_view, ask_form, origin_of, quote_of
from bot.slack.blocks.button_value import BUTTON_VALUE
from bot.slack.blocks.elements import Block
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


@pytest.mark.parametrize("slug", ["show/episode-2", "ö/" * 100, '"\\' * 100])
def test_the_form_of_one_episode_names_it_and_comes_back_with_it(slug: str) -> None:
    entry = Entry(slug, slug, 2, "x" * 200, "A show", "2026-01-02")
    view = ask_form(Origin("button", episode=slug), entry=entry)
    assert view_faults(view) == []
    assert "A show · 2\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2026" in json.dumps(
        view, ensure_ascii=False
    )
    assert origin_of(view) == Origin("button", episode=slug)


def test_what_is_below_the_answer_of_one_episode_stays_in_it(make_quote: Make) -> None:
    slug = "s/" * 100
    found = tuple(make_quote(start=n, end=n + 1, position="turn 1 of 9") for n in range(3))
    answer = Answer("why?", "quote", "", found, confidence=0.99)
    view = answered_view(Origin("button", episode=slug), answer)
    [more] = [one for one in elements(view) if one["action_id"] == MORE]
    assert msgspec.json.decode(more["value"], type=More).episode == slug
    declined = NoAnswer("why?", "term", "No.", suggestions=("define RAG", "episodes"))
    view = answered_view(Origin("button", episode=slug), declined)
    asked = [one["value"] for one in elements(view) if "value" in one]
    assert asked == [f"define RAG in {slug}", "episodes", f"terms in {slug}"]
    assert view_faults(view) == []


def elements(view: Block) -> list[Block]:
    rows = [one["elements"] for one in view["blocks"] if one["type"] == "actions"]
    return [one for row in rows for one in row]


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
