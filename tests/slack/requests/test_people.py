from typing import Any

import pytest

from bot.slack.requests.people import Person, read_person, why_not_daily

MEMBER = Person("Europe/Berlin", is_admin=False, is_member=True)
ADMIN = Person(None, is_admin=True, is_member=True)
STRANGER = Person(None, is_admin=True, is_member=False)


def user(**fields: Any) -> dict[str, Any]:
    return {"id": "U1", "team_id": "T1", "tz": "Europe/Berlin", **fields}


def test_a_member_and_their_zone() -> None:
    assert read_person(user(), "T1") == MEMBER


@pytest.mark.parametrize("field", ["is_admin", "is_owner", "is_primary_owner"])
def test_owners_are_admins_too(field: str) -> None:
    assert read_person(user(**{field: True}), "T1").is_admin
    assert not read_person(user(**{field: "yes"}), "T1").is_admin


@pytest.mark.parametrize(
    ("fields", "is_member"),
    [
        ({"team_id": "T2"}, False),
        ({"is_stranger": True}, False),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T1", "T2"]}}, True),
        ({"team_id": "E1"}, True),
        ({"team_id": "T2", "enterprise_user": {"teams": ["T2"]}}, False),
    ],
)
def test_who_is_of_another_workspace_is_no_member(
    fields: dict[str, Any],
    is_member: bool,  # noqa: FBT001 - the expectation
) -> None:
    assert read_person(user(**fields), "T1", "E1").is_member is is_member


def test_without_a_workspace_nobody_is_a_member() -> None:
    assert not read_person({"id": "U1"}, None).is_member


def test_members_may_set_it_unless_it_is_the_admins_affair() -> None:
    assert why_not_daily(MEMBER, "anyone") is None
    assert "admins" in (why_not_daily(MEMBER, "admins") or "")
    assert why_not_daily(ADMIN, "admins") is None


def test_people_of_other_workspaces_may_never_set_it() -> None:
    assert why_not_daily(STRANGER, "anyone")
    assert why_not_daily(STRANGER, "admins")
