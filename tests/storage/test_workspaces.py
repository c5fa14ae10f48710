import pytest
from sqlalchemy import select

from bot.storage import Asker, PostState, Store
from bot.storage.tables import channel_shows
from tests.storage.samples import (
    ASKER,
    DAY,
    MINUTE,
    NOW,
    TODAY,
    a_news_channel,
    a_question,
    a_subscription,
    a_thumb,
    an_installation,
    at_once,
)


def hashed(store: Store, asker: Asker) -> str:
    with store.database.writing() as connection:
        return store.workspaces.hashed(connection, asker)


def test_a_person_has_one_hash_in_a_workspace_and_another_elsewhere(
    store: Store, other_process: Store
) -> None:
    first = hashed(store, ASKER)
    assert first == hashed(store, ASKER) == hashed(other_process, ASKER)
    others = {hashed(store, Asker("T2", "U1")), hashed(store, Asker("T1", "U2")), first}
    assert len(others) == 3
    assert all(len(one) == 64 for one in others)


def test_the_first_of_a_workspace_at_once_share_its_key(store: Store, other_process: Store) -> None:
    takers = [store, other_process] * 4
    assert len(set(at_once(8, lambda: hashed(takers.pop(), ASKER)))) == 1


def test_the_key_goes_with_the_workspace(store: Store) -> None:
    before = hashed(store, ASKER)
    store.workspaces.delete("T1")
    assert hashed(store, ASKER) != before


def test_a_person_is_forgotten_and_nobody_else(store: Store) -> None:
    others = Asker("T1", "U2"), Asker("T2", "U1")
    for asker in (ASKER, *others):
        store.questions.add(asker, a_question(f"of {asker.team_id} {asker.user_id}"))
        store.questions.judge(asker, a_thumb("a"))
        channel = f"C{asker.user_id}"
        store.subscriptions.save(
            a_subscription(team_id=asker.team_id, channel_id=channel, made_by=asker.user_id)
        )
        store.announcements.save(
            a_news_channel(team_id=asker.team_id, channel_id=channel, made_by=asker.user_id)
        )
        store.channel_shows.prefer(asker, channel, "Kitchen Talks")
    assert store.workspaces.forget_person(ASKER) == 2
    assert store.workspaces.forget_person(ASKER) == 0
    left = {one.question for one in store.questions.asked(NOW)}
    assert left == {"of T1 U2", "of T2 U1"}
    assert len(store.questions.judged(NOW)) == 2
    made = [one.made_by for team in ("T1", "T2") for one in store.subscriptions.of_team(team)]
    assert made == [None, "U2", "U1"]
    made = [one.made_by for team in ("T1", "T2") for one in store.announcements.of_team(team)]
    assert made == [None, "U2", "U1"]
    in_order = select(channel_shows.c.made_by).order_by(
        channel_shows.c.team_id, channel_shows.c.channel_id
    )
    with store.database.reading() as connection:
        assert connection.execute(in_order).scalars().all() == [None, "U2", "U1"]
    assert store.channel_shows.get("T1", "CU1") == "Kitchen Talks"


def test_a_person_of_whom_nothing_is_kept_is_easily_forgotten(store: Store) -> None:
    assert store.workspaces.forget_person(Asker("T9", "U9")) == 0


def fill(store: Store, team: str, enterprise: str | None = None) -> None:
    """Keep something of every kind of a workspace."""
    asker = Asker(team, "U1", enterprise)
    store.questions.add(asker, a_question(f"of {team}"))
    store.questions.judge(asker, a_thumb(team))
    subscription = store.subscriptions.save(
        a_subscription(team_id=team, enterprise_id=enterprise, id=f"of {team}")
    )
    claim = store.posts.claim(subscription, TODAY, team, now=NOW, until=NOW + MINUTE)
    assert claim is not None
    store.posts.end(claim, PostState.POSTED, now=NOW, due_at=NOW + DAY)
    told = store.announcements.save(
        a_news_channel(team_id=team, enterprise_id=enterprise, id=f"news of {team}", due_at=NOW)
    )
    news = store.news_posts.claim(told, 1, '"a"', now=NOW, until=NOW + MINUTE)
    assert news is not None
    store.news_posts.end(news, PostState.POSTED, now=NOW, due_at=None)
    store.channel_shows.prefer(asker, "C1", "Kitchen Talks")
    store.installations("1.1").save(an_installation(team_id=team, enterprise_id=enterprise))


def left(store: Store, *teams: tuple[str, str | None]) -> list[str]:
    """The workspaces of which something is left; raises where one is half deleted."""
    found = []
    for team, enterprise in teams:
        installations = store.installations("1.1")
        kept = {
            bool(store.questions.asked(NOW, team)),
            bool(store.questions.judged(NOW, team)),
            bool(store.subscriptions.of_team(team)),
            store.posts.last(f"of {team}") is not None,
            bool(store.announcements.of_team(team)),
            bool(store.news_posts.latest(f"news of {team}", 1)),
            store.channel_shows.get(team, "C1") is not None,
            installations.find_bot(enterprise_id=enterprise, team_id=team) is not None,
            installations.find_installation(enterprise_id=enterprise, team_id=team) is not None,
        }
        assert len(kept) == 1, f"{team} is half deleted"
        found += [team] * kept.pop()
    return found


def test_a_workspace_is_deleted_whole_and_no_other(store: Store) -> None:
    fill(store, "T1")
    fill(store, "T2")
    store.workspaces.delete("T1")
    assert left(store, ("T1", None), ("T2", None)) == ["T2"]


def test_an_organization_is_deleted_with_all_its_workspaces(store: Store) -> None:
    teams = ("T1", "E1"), ("T2", "E1"), ("T3", "E2"), ("T4", None)
    for team, enterprise in teams:
        fill(store, team, enterprise)
    store.installations("1.1").save(
        an_installation(team_id=None, enterprise_id="E1", is_enterprise_install=True)
    )
    store.workspaces.delete(None, "E1")
    assert left(store, *teams) == ["T3", "T4"]
    found = store.installations("1.1").find_bot(
        enterprise_id="E1", team_id=None, is_enterprise_install=True
    )
    assert found is None


def test_a_workspace_of_an_organization_is_deleted_alone(store: Store) -> None:
    teams = ("T1", "E1"), ("T2", "E1")
    for team, enterprise in teams:
        fill(store, team, enterprise)
    store.workspaces.delete("T1", "E1")
    assert left(store, *teams) == ["T2"]


def test_without_a_workspace_and_an_organization_nothing_is_deleted(store: Store) -> None:
    fill(store, "T1")
    with pytest.raises(ValueError, match="neither"):
        store.workspaces.delete(None)
    assert left(store, ("T1", None)) == ["T1"]


def test_news_of_leaving_that_come_after_a_new_installation_delete_nothing(store: Store) -> None:
    installations = store.installations("client")
    installations.save(an_installation(team_id="T1"))
    store.questions.add(Asker("T1", "U1"), a_question())
    store.workspaces.delete("T1", left_at=NOW - MINUTE)
    assert store.questions.asked(NOW - DAY)
    assert installations.find_bot(enterprise_id=None, team_id="T1")
    store.workspaces.delete("T1", left_at=NOW + MINUTE)
    assert not store.questions.asked(NOW - DAY)
