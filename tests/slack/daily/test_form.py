from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.slack.blocks.message import paragraphs
from bot.slack.daily.command import Off, On
from bot.slack.daily.form import Submitted, daily_form, outcome_view, read_form
from bot.storage import Subscription
from tests.fakes.limits import view_faults

KEPT = Subscription(
    id="s1",
    team_id="T1",
    channel_id="C0GENERAL",
    local_time=time(17, 45),
    zone="Asia/Calcutta",
    weekdays=False,
    made_by="U1",
    made_at=datetime(2026, 11, 24, tzinfo=UTC),
    due_at=None,
)
FILLED: dict[str, dict[str, Any]] = {
    "channel": {"type": "conversations_select", "selected_conversation": "C0GENERAL"},
    "time": {"type": "timepicker", "selected_time": "09:30"},
    "zone": {"type": "static_select", "selected_option": {"value": "Europe/Berlin"}},
    "days": {"type": "radio_buttons", "selected_option": {"value": "all"}},
    "state": {"type": "radio_buttons", "selected_option": {"value": "on"}},
}


def sent(**changed: Any) -> dict[str, Any]:
    values = {name: {name: state} for name, state in (FILLED | changed).items()}
    return {"state": {"values": values}}


def elements(view: dict[str, Any]) -> dict[str, Any]:
    return {block["block_id"]: block["element"] for block in view["blocks"]}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Calcutta", "Nowhere/Else", None])
def test_a_new_form_holds_the_usual_and_the_persons_own_zone(zone: str | None) -> None:
    view = daily_form("C0GENERAL", None, zone)
    assert view_faults(view) == []
    inputs = elements(view)
    expected = zone if zone in {"Europe/Berlin", "Asia/Calcutta"} else "UTC"
    assert inputs["channel"]["initial_conversation"] == "C0GENERAL"
    assert inputs["time"]["initial_time"] == "09:00"
    assert inputs["zone"]["initial_option"]["value"] == expected
    assert inputs["days"]["initial_option"]["value"] == "weekdays"
    assert inputs["state"]["initial_option"]["value"] == "on"


def test_where_it_is_set_the_form_holds_what_is_set() -> None:
    view = daily_form("C0GENERAL", KEPT, "Europe/Berlin")
    assert view_faults(view) == []
    inputs = elements(view)
    assert inputs["time"]["initial_time"] == "17:45"
    assert inputs["zone"]["initial_option"]["value"] == "Asia/Calcutta"
    assert inputs["days"]["initial_option"]["value"] == "all"


def test_a_direct_message_is_not_among_the_channels() -> None:
    view = daily_form("D0DIRECT", None, None)
    assert view_faults(view) == []
    assert "initial_conversation" not in elements(view)["channel"]


def test_what_is_filled_in_comes_back() -> None:
    wish = On(time(9, 30), "Europe/Berlin", weekdays=False)
    assert read_form(sent()) == Submitted("C0GENERAL", wish)
    off = {"selected_option": {"value": "off"}}
    assert read_form(sent(state=off)) == Submitted("C0GENERAL", Off())


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("channel", {"selected_conversation": None}),
        ("channel", {"selected_conversation": "<!channel>"}),
        ("channel", {}),
        ("channel", None),
        ("time", {"selected_time": None}),
        ("time", {"selected_time": "25:00"}),
        ("time", {"selected_time": 9}),
        ("zone", {"selected_option": None}),
        ("zone", {"selected_option": {"value": "Europe/Nowhere"}}),
        ("zone", {"selected_option": {"value": "berlin"}}),
        ("days", {"selected_option": {"value": "never"}}),
        ("state", {"selected_option": {"value": ["on"]}}),
        ("state", "on"),
    ],
)
def test_what_the_form_does_not_offer_is_refused_by_its_input(name: str, state: Any) -> None:
    refused = read_form(sent(**{name: state}))
    assert isinstance(refused, dict)
    assert list(refused) == [name]


@pytest.mark.parametrize("view", [{}, {"state": {}}, {"state": {"values": []}}])
def test_a_form_without_values_is_refused_by_every_input(view: dict[str, Any]) -> None:
    assert set(read_form(view)) == set(FILLED)  # type: ignore[arg-type]  # it is the faults


def test_the_outcome_is_a_view_without_inputs() -> None:
    assert view_faults(outcome_view(paragraphs("It is on.")["blocks"])) == []
