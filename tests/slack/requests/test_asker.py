from typing import Any

import pytest
from slack_bolt import BoltContext

from bot.slack.requests.asker import asker_of, is_shared
from bot.storage import Asker


def executed(inputs: Any, **outer: Any) -> dict[str, Any]:
    """A function's event, as an organization's install gets it."""
    return {"team_id": "T1", "event": {"type": "function_executed", "inputs": inputs}, **outer}


def test_a_search_is_made_by_whom_slack_names_in_its_inputs() -> None:
    context = BoltContext({"team_id": None, "enterprise_id": "E1"})
    searched = executed({"query": "tea", "user_context": {"id": "U1", "secret": "s"}})
    assert asker_of(context, searched) == Asker("T1", "U1", "E1")


@pytest.mark.parametrize(
    "inputs", [None, {}, [], {"user_context": "U1"}, {"user_context": {"id": 1}}]
)
def test_a_function_that_names_nobody_is_run_by_nobody(inputs: Any) -> None:
    context = BoltContext({"team_id": "T1"})
    assert asker_of(context, executed(inputs)) == Asker("T1", "", None)


def test_whoever_makes_a_request_goes_before_its_inputs() -> None:
    context = BoltContext({"team_id": "T1", "user_id": "U1"})
    assert asker_of(context, executed({"user_context": {"id": "U2"}})) == Asker("T1", "U1", None)


def test_without_a_workspace_nobody_is_known() -> None:
    searched = executed({"user_context": {"id": "U1"}}, team_id="E1")
    assert asker_of(BoltContext({}), searched) is None


OWN = Asker("T1", "U1")


@pytest.mark.parametrize(
    ("body", "asker", "shared"),
    [
        ({"is_ext_shared_channel": True}, OWN, True),
        ({"is_ext_shared_channel": True}, None, True),
        ({"is_ext_shared_channel": False}, OWN, False),
        ({"user": {"id": "U1", "team_id": "T1"}}, OWN, False),
        ({"user": {"id": "U1", "team_id": "T9"}}, OWN, True),
        ({"user": {"id": "U1"}}, OWN, False),
        ({"user": "U1"}, OWN, False),
        ({"user": {"id": "U1", "team_id": "T9"}}, None, False),
        ({}, OWN, False),
    ],
)
def test_somebody_of_another_workspace_reads_along_or_presses(
    body: dict[str, Any], asker: Asker | None, *, shared: bool
) -> None:
    assert is_shared(body, asker) is shared
