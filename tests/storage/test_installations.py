from datetime import UTC, datetime, timedelta

from slack_sdk.oauth.installation_store import Bot

from bot.storage import Store
from tests.storage.samples import NOW, an_installation

SOON = datetime.now(UTC)  # states live by the clock


def test_a_workspaces_installation_comes_back(store: Store) -> None:
    installations = store.installations("1.1")
    given = an_installation()
    installations.save(given)
    assert given.bot_token == "xoxb-secret"
    bot = installations.find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert (bot.bot_token, bot.bot_id, bot.team_id) == ("xoxb-secret", "B1", "T1")
    found = installations.find_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert found is not None
    assert (found.user_token, found.bot_token) == ("xoxp-secret", "xoxb-secret")
    assert found.incoming_webhook_url == "https://hooks.example.com/secret"


def test_a_workspace_does_not_find_the_tokens_of_another(store: Store) -> None:
    installations = store.installations("1.1")
    installations.save(an_installation())
    for enterprise, team in ((None, "T2"), ("E1", "T1"), ("E1", None), (None, None)):
        where = {"enterprise_id": enterprise, "team_id": team}
        assert installations.find_bot(**where) is None
        assert installations.find_installation(**where) is None
    assert store.installations("2.2").find_bot(enterprise_id=None, team_id="T1") is None


def test_an_organization_that_installed_it_as_a_whole_is_found_from_every_workspace(
    store: Store,
) -> None:
    installations = store.installations("1.1")
    installations.save(
        an_installation(team_id=None, enterprise_id="E1", is_enterprise_install=True)
    )
    for team in (None, "T1", "T2"):
        bot = installations.find_bot(enterprise_id="E1", team_id=team, is_enterprise_install=True)
        assert bot is not None
        assert (bot.bot_token, bot.is_enterprise_install) == ("xoxb-secret", True)
    assert installations.find_bot(enterprise_id="E1", team_id="T1") is None


def test_the_latest_installation_counts(store: Store) -> None:
    installations = store.installations("1.1")
    for hours, token in ((0, "xoxb-first"), (1, "xoxb-second")):
        at = (NOW + timedelta(hours=hours)).timestamp()
        installations.save(an_installation(bot_token=token, installed_at=at))
    bot = installations.find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert bot.bot_token == "xoxb-second"


def test_a_bot_whose_token_was_rotated_comes_back(store: Store) -> None:
    installations = store.installations("1.1")
    installations.save(an_installation())
    later = (NOW + timedelta(hours=1)).timestamp()
    rotated = Bot(
        app_id="A1",
        team_id="T1",
        bot_token="xoxe.xoxb-new",
        bot_id="B1",
        bot_user_id="U0",
        installed_at=later,
    )
    installations.save_bot(rotated)
    bot = installations.find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert bot.bot_token == rotated.bot_token == "xoxe.xoxb-new"
