"""What the operator has decided, as one of many workspaces sees it."""

from bot.slack import Policy


def test_the_human_channel_is_its_own_workspaces_alone() -> None:
    policy = Policy(human_channel="C1", human_team="T1", retention_days=7)
    assert policy.in_workspace("T1").human_channel == "C1"
    elsewhere = policy.in_workspace("T2")
    assert (elsewhere.human_channel, elsewhere.retention_days) == (None, 7)
    assert policy.in_workspace(None).human_channel is None


def test_with_one_workspace_it_needs_no_name() -> None:
    assert Policy(human_channel="C1").in_workspace("T1").human_channel == "C1"
