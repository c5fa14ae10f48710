from bot.storage import Asker, Store

ADMIN = Asker("T1", "U1")
HOST = "api.example.com"


def test_a_workspace_agrees_to_one_host_and_only_once_it_is_asked(store: Store) -> None:
    assert not store.consents.agrees("T1", HOST)
    store.consents.give(ADMIN, HOST)
    assert store.consents.agrees("T1", HOST)
    assert not store.consents.agrees("T1", "api.example.org")
    assert not store.consents.agrees("T2", HOST)


def test_what_is_withdrawn_is_no_consent_any_more(store: Store) -> None:
    store.consents.withdraw("T1")
    store.consents.give(ADMIN, HOST)
    store.consents.withdraw("T1")
    assert not store.consents.agrees("T1", HOST)


def test_a_consent_outlives_the_admin_and_goes_with_the_workspace(store: Store) -> None:
    store.consents.give(ADMIN, HOST)
    store.workspaces.forget_person(ADMIN)
    assert store.consents.agrees("T1", HOST)
    store.workspaces.delete("T1")
    assert not store.consents.agrees("T1", HOST)
