from typing import Any

import pytest

from bot.slack.announcing.form import Submitted, news_form, read_form
from tests.fakes.limits import view_faults
from tests.storage.samples import a_news_channel

SHOWS = [f"Show {number:03}" for number in range(150)]
LONG = "x" * 300


def element(view: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [block["element"] for block in view["blocks"] if block["block_id"] == name]
    made: dict[str, Any] = found
    return made


def filled_in(view: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The form as Slack sends it back, as it was shown but for what is `changed`."""
    given = {
        "channel": {"selected_conversation": "C0GENERAL"},
        "show": {"selected_option": element(view, "show")["initial_option"]},
        "state": {"selected_option": element(view, "state")["initial_option"]},
    }
    states = {name: {name: state} for name, state in (given | changed).items()}
    return view | {"state": {"values": states}}


@pytest.mark.parametrize("shows", [[], SHOWS[:3], SHOWS, [LONG, "<script>&"]])
def test_it_is_within_slacks_limits(shows: list[str]) -> None:
    assert view_faults(news_form("C1", None, shows)) == []
    current = a_news_channel(show="Show 149")
    assert view_faults(news_form("D1", current, shows)) == []


def test_it_shows_what_is_kept_though_there_are_many_shows() -> None:
    view = news_form("C1", a_news_channel(show="Show 149"), SHOWS)
    assert element(view, "show")["initial_option"]["text"]["text"] == "Show 149"
    assert element(view, "show")["initial_option"] in element(view, "show")["options"]
    assert read_form(filled_in(view), SHOWS) == Submitted("C0GENERAL", "Show 149", on=True)


def test_what_is_off_or_was_never_on_begins_with_every_show() -> None:
    for current in (None, a_news_channel(show="Show 1", since=None)):
        view = news_form("C1", current, SHOWS)
        assert read_form(filled_in(view), SHOWS) == Submitted("C0GENERAL", None, on=True)


def test_a_show_whose_name_is_longer_than_an_option_is_chosen() -> None:
    view = news_form("", None, [LONG, "y" * 300])
    chosen = {"selected_option": element(view, "show")["options"][2]}
    wanted = Submitted("C0GENERAL", "y" * 300, on=True)
    assert read_form(filled_in(view, show=chosen), [LONG, "y" * 300]) == wanted


@pytest.mark.parametrize("name", ["channel", "show", "state"])
@pytest.mark.parametrize("state", [{}, {"selected_option": {"value": "x"}}, {"value": 3}])
def test_what_the_form_does_not_offer_is_told(name: str, state: dict[str, Any]) -> None:
    read = read_form(filled_in(news_form("C1", None, SHOWS), **{name: state}), SHOWS)
    assert isinstance(read, dict)
    assert list(read) == [name]
