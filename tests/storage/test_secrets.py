"""Tokens and keys at rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage import Asker, Cipher, Store, StoreError
from bot.storage.tables import METADATA
from tests.storage.samples import ASKER, NOW, a_question, an_installation

OLD, NEW = "A" * 43 + "=", "B" * 42 + "A="
SECRETS = (
    "xoxb-secret",
    "xoxp-secret",
    "https://hooks.example.com/secret",
    "xoxe-1-secret",
    "xoxe-2-secret",
)


@contextmanager
def opened(url: str, *keys: str) -> Iterator[Store]:
    store = Store.open(url, keys=keys)
    try:
        yield store
    finally:
        store.close()


def fill(store: Store) -> None:
    store.installations("1.1").save(
        an_installation(bot_refresh_token="xoxe-1-secret", user_refresh_token="xoxe-2-secret")
    )
    store.questions.add(ASKER, a_question())


def dump(store: Store) -> str:
    """Every value of every table."""
    with store.database.reading() as connection:
        tables = [connection.execute(select(table)).all() for table in METADATA.sorted_tables]
    return repr(tables)


def bot_token(store: Store) -> str | None:
    bot = store.installations("1.1").find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    return bot.bot_token


def test_without_keys_tokens_stay_plain(database_url: str) -> None:
    with opened(database_url) as store:
        fill(store)
        assert all(secret in dump(store) for secret in SECRETS)


def test_with_keys_no_token_is_plain_at_rest(database_url: str) -> None:
    with opened(database_url, NEW) as store:
        fill(store)
        bot = store.installations("1.1").find_bot(enterprise_id=None, team_id="T1")
        assert bot is not None
        store.installations("1.1").save_bot(bot)
        assert not any(secret in dump(store) for secret in SECRETS)
        assert bot_token(store) == "xoxb-secret"


def test_no_name_of_a_person_and_no_token_is_in_the_file(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path}/bot.sqlite3", NEW) as store:
        fill(store)
        store.questions.add(Asker("T1", "UNAMEOFAPERSON"), a_question())
    content = b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir()))
    assert b"What is RAG?" in content
    assert b"UNAMEOFAPERSON" not in content
    assert not any(secret.encode() in content for secret in SECRETS)


def test_keys_are_rotated(database_url: str) -> None:
    with opened(database_url, OLD) as store:
        fill(store)
        first_hash = hashed(store)
    with opened(database_url, NEW, OLD) as store:
        assert bot_token(store) == "xoxb-secret"
        assert store.workspaces.renew() == 8
    with opened(database_url, NEW) as store:
        assert bot_token(store) == "xoxb-secret"
        assert hashed(store) == first_hash
        found = store.installations("1.1").find_installation(enterprise_id=None, team_id="T1")
        assert found is not None
        assert (found.user_token, found.user_refresh_token) == ("xoxp-secret", "xoxe-2-secret")


def test_what_was_plain_is_encrypted_once_there_are_keys(database_url: str) -> None:
    with opened(database_url) as store:
        fill(store)
    with opened(database_url, NEW) as store:
        assert bot_token(store) == "xoxb-secret"
        store.workspaces.renew()
        assert not any(secret in dump(store) for secret in SECRETS)
        assert bot_token(store) == "xoxb-secret"


@pytest.mark.parametrize(("keys", "what"), [((), "is not set"), ((NEW,), "none of them")])
def test_a_missing_or_wrong_key_is_said_by_name(
    database_url: str, keys: tuple[str, ...], what: str
) -> None:
    with opened(database_url, OLD) as store:
        fill(store)
    with opened(database_url, *keys) as store:
        for call in (
            lambda: bot_token(store),
            lambda: hashed(store),
            store.workspaces.renew,
            lambda: store.questions.add(ASKER, a_question("Another?")),
        ):
            with pytest.raises(StoreError, match=f"TOKEN_KEYS: .*{what}"):
                call()
        assert len(store.questions.asked(NOW)) == 1


@pytest.mark.parametrize("key", ["", "short", "é" * 44, "A" * 44, "!" * 44, "A" * 40])
def test_a_key_that_is_none_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(StoreError, match="TOKEN_KEYS") as caught:
        Cipher([OLD, key])
    assert not key or key not in str(caught.value)


def test_an_encrypted_text_is_encrypted_once() -> None:
    cipher = Cipher([NEW])
    stored = cipher.encrypt("xoxb-secret")
    assert cipher.encrypt(stored) == stored
    assert cipher.decrypt(stored) == "xoxb-secret"
    assert cipher.decrypt(cipher.renew(stored)) == "xoxb-secret"


def hashed(store: Store) -> str:
    with store.database.writing() as connection:
        return store.workspaces.hashed(connection, ASKER)


def test_a_file_of_sqlites_is_its_owners_alone(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path}/bot.sqlite3").close()
    files = list(tmp_path.iterdir())
    assert files
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
