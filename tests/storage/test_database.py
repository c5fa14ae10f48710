import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from bot.storage import Cipher, Database, Store, StoreError
from tests.fakes.postgresql import Cluster
from tests.storage.samples import (
    ASKER,
    DAY,
    MINUTE,
    NOW,
    TODAY,
    a_question,
    a_subscription,
    a_thumb,
    an_installation,
    at_once,
)

NAIVE = datetime(2026, 11, 24, 9, 0)  # noqa: DTZ001 - what is refused
WORDS = "what nobody else may read"


def test_a_time_that_does_not_say_where_it_is_is_refused(store: Store) -> None:
    calls: tuple[Callable[[], Any], ...] = (
        lambda: store.events.first_time("Ev1", NAIVE),
        lambda: store.questions.add(ASKER, a_question(asked_at=NAIVE)),
        lambda: store.questions.judge(ASKER, a_thumb("a", given_at=NAIVE)),
        lambda: store.questions.asked(NAIVE),
        lambda: store.subscriptions.save(a_subscription(due_at=NAIVE)),
        lambda: store.subscriptions.due(NAIVE, 1),
        lambda: store.clean_up(NAIVE, kept=DAY),
    )
    for call in calls:
        with pytest.raises(StoreError, match="has no time zone"):
            call()
    assert store.questions.asked(NOW - DAY) == []


def refusals(store: Store) -> tuple[Callable[[], Any], ...]:
    """Calls whose rows no database takes."""
    nothing: Any = None
    return (
        lambda: store.questions.add(ASKER, a_question(WORDS, kind=nothing)),
        lambda: store.questions.judge(ASKER, a_thumb("a", helpful=nothing, comment=WORDS)),
        lambda: store.installations("1.1").save(
            an_installation(app_id=nothing, bot_token=WORDS, user_token=WORDS)
        ),
    )


def test_no_error_holds_what_was_asked_or_a_token(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for call in refusals(store):
            with pytest.raises(StoreError) as caught:
                call()
            assert WORDS not in "".join(traceback.format_exception(caught.value))
    assert WORDS not in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "mysql://bot:hidden@localhost/x",
        "postgresql+nodriver://bot:hidden@localhost/x",
        "postgresql+psycopg://bot:hid:den@local:host/x",
    ],
)
def test_an_address_that_is_none_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL: is no address") as caught:
        Store.open(url)
    assert "hid" not in str(caught.value)


def test_nothing_is_kept_half(store: Store) -> None:
    def fail_halfway() -> None:
        with store.database.writing() as connection:
            store.workspaces.hashed(connection, ASKER)
            connection.exec_driver_sql("SELECT nonsense FROM nowhere")

    with pytest.raises(StoreError, match="nowhere"):
        fail_halfway()
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM workspaces").scalar() == 0


def test_many_threads_write_at_once_and_every_row_is_kept(
    store: Store, other_process: Store
) -> None:
    takers = [store, other_process] * 12
    at_once(24, lambda: takers.pop().questions.add(ASKER, a_question()))
    assert len(store.questions.asked(NOW)) == 24


def test_many_threads_share_a_store_in_memory() -> None:
    store = Store.open()
    at_once(12, lambda: store.questions.add(ASKER, a_question()))
    assert len(store.questions.asked(NOW)) == 12
    store.close()


def plan(store: Store, call: Callable[[], object]) -> str:
    """How SQLite goes about the last statement of a call."""
    seen: list[tuple[str, Any]] = []

    def note(*args: Any) -> None:
        seen.append((args[2], args[3]))

    event.listen(store.database.engine, "before_cursor_execute", note)
    call()
    event.remove(store.database.engine, "before_cursor_execute", note)
    statement, parameters = seen[-1]
    with store.database.reading() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return "\n".join(step.detail for step in steps)


def test_the_loops_queries_go_by_index() -> None:
    store = Store.open()
    for call in (lambda: store.subscriptions.due(NOW, 10), store.subscriptions.next_wake):
        steps = plan(store, call)
        assert "INDEX ix_subscriptions_wake_at" in steps
        assert "SCAN subscriptions\n" not in f"{steps}\n"
        assert "SORT" not in steps
        assert "TEMP" not in steps
    assert "INDEX" in plan(store, lambda: store.posts.last("s"))
    assert "INDEX ix_questions_asked_at" in plan(store, lambda: store.questions.asked(NOW))
    store.close()


def test_postgresql_looks_for_what_is_due_by_index(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    with store.database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO subscriptions (id, team_id, is_enterprise_install, channel_id, local_time,"
            " zone, weekdays, made_at, due_at, wake_at) SELECT n, 'T1', false, n, '09:00', 'UTC',"
            " true, now(), t, t FROM (SELECT n, timestamp '2026-11-24' + n * interval '1 minute' t"
            " FROM generate_series(1, 20000) n) made"
        )
        connection.exec_driver_sql("ANALYZE subscriptions")
    with store.database.reading() as connection:
        steps = connection.exec_driver_sql(
            "EXPLAIN SELECT * FROM subscriptions WHERE wake_at <= '2026-11-24 09:00'"
            " ORDER BY wake_at LIMIT 10"
        ).scalars()
        text = "\n".join(steps)
    assert "Index Scan using ix_subscriptions_wake_at" in text
    assert "Sort" not in text
    assert len(store.subscriptions.due(NOW, 10)) == 10
    store.close()


def test_a_database_that_goes_away_is_named_and_used_again_once_it_is_back(
    postgresql: Cluster, postgresql_url: str
) -> None:
    store = Store.open(postgresql_url)
    saved = store.subscriptions.save(a_subscription())
    claim = store.posts.claim(saved, TODAY, "takeaway 1", now=NOW, until=NOW + MINUTE)
    postgresql.stop()
    try:
        for call in (store.ping, store.ping, lambda: store.questions.add(ASKER, a_question())):
            with pytest.raises(StoreError, match="The database fails: OperationalError"):
                call()
    finally:
        postgresql.start()
    store.ping()
    assert claim is not None
    assert store.posts.claim(saved, TODAY, "takeaway 1", now=NOW, until=NOW + MINUTE) is None
    assert store.questions.asked(NOW) == []
    store.close()


def test_connections_cut_by_the_server_are_all_made_anew_once_one_has_failed(
    postgresql: Cluster, postgresql_url: str
) -> None:
    store = Store.open(postgresql_url)
    at_once(8, store.ping)
    postgresql.disconnect()
    with pytest.raises(StoreError):
        store.ping()
    at_once(8, store.ping)
    store.close()


def test_a_connection_that_was_cut_while_nobody_used_it_fails_nobody(
    postgresql: Cluster, postgresql_url: str
) -> None:
    database = Database(postgresql_url, idle=0)
    store = Store.on(database, Cipher())
    store.ping()
    postgresql.disconnect()
    store.ping()
    store.close()


def test_a_database_in_a_file_that_is_none_is_named(tmp_path: Any) -> None:
    (tmp_path / "bot.sqlite3").write_text("no database at all, only some words " * 40)
    with pytest.raises(StoreError, match="file is not a database"):
        Store.open(f"sqlite:///{tmp_path}/bot.sqlite3")
    with pytest.raises(StoreError, match="unable to open"):
        Store.open(f"sqlite:///{tmp_path}/nowhere/bot.sqlite3")


@given(words=st.text(st.characters(exclude_categories=())))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_can_be_kept(store: Store, words: str) -> None:
    given = a_question(words)
    store.questions.add(ASKER, given)
    (kept,) = (one.question for one in store.questions.asked(NOW) if one.id == given.id)
    assert kept == words.replace("\0", "").encode("utf-8", "replace").decode()
