"""Nothing that one client sets is there for the next client of the same server connection."""

from __future__ import annotations

import psycopg
import pytest

from shared.queue.claim import claim
from shared.queue.complete import complete_many
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.heartbeat import heartbeat
from shared.queue.pace import measure_pace
from shared.queue.policy import change_policy
from shared.queue.progress import Progress
from shared.queue.retention import keep_up_partitions
from tests.pgbouncer.conftest import Connect
from tests.postgres.jobs import QUEUE, CountSheep, put

_IN_ITS_TRANSACTION = {
    "enable_sort": "off",
    "enable_seqscan": "off",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "lock_timeout": "2s",
}
_CHANGED = "select name, setting from pg_settings where source = 'session' order by name"
_LEFT = {
    "prepared statements": "select name from pg_prepared_statements",
    "channels listened to": "select pg_listening_channels()",
    "cursors": "select name from pg_cursors",
    "temporary tables": "select relname from pg_class where relpersistence = 't'",
    "advisory locks": "select objid from pg_locks where locktype = 'advisory'",
}


def use_the_queue(conn: psycopg.Connection) -> None:
    """Do, more often than psycopg waits before it prepares, all that sets or locks something."""
    change = {"max_running": 50, "max_running_per_tenant": 50, "rate": 1000}
    for turn in range(12):
        enqueue_many(conn, [NewJob(CountSheep(), tenant="farm") for _ in range(2)])
        put(conn, unique_key=f"dolly-{turn}")
        jobs = claim(conn, QUEUE, limit=3)
        assert len(jobs) == 3
        heartbeat(conn, jobs[0], Progress())
        complete_many(conn, jobs)
        if turn == 6:
            change_policy(conn, QUEUE, **change)
    with conn.transaction():
        keep_up_partitions(conn)
        measure_pace(conn, QUEUE)


def backend(conn: psycopg.Connection) -> int:
    row = conn.execute("select pg_backend_pid()").fetchone()
    return int(row[0])


def settings(conn: psycopg.Connection) -> dict[str, str]:
    return {name: conn.execute(f"show {name}").fetchone()[0] for name in _IN_ITS_TRANSACTION}


def test_settings_end_with_the_transaction_that_made_them(connect_to_one: Connect):
    one, other = connect_to_one(), connect_to_one()
    before, changed = settings(other), other.execute(_CHANGED).fetchall()
    put(one)
    with one.transaction():
        claim(one, QUEUE)
        keep_up_partitions(one)
        assert settings(one) == _IN_ITS_TRANSACTION
        theirs = backend(one)

    assert backend(other) == theirs
    assert settings(other) == before
    assert other.execute(_CHANGED).fetchall() == changed


def test_settings_do_not_outlive_a_transaction_that_fails(connect_to_one: Connect):
    one, other = connect_to_one(), connect_to_one()
    put(one)
    with one.transaction(force_rollback=True):
        claim(one, QUEUE)
        assert settings(one)["enable_sort"] == "off"

    assert settings(other)["enable_sort"] == "on"
    assert len(claim(other, QUEUE)) == 1


@pytest.mark.parametrize("left", _LEFT.values(), ids=_LEFT.keys())
def test_nothing_is_left_in_the_session(connect_to_one: Connect, left: str):
    one, other = connect_to_one(), connect_to_one()
    use_the_queue(one)

    assert backend(one) == backend(other)
    assert other.execute(left).fetchall() == []


def test_what_a_session_would_leave_is_seen_here(connect_to_one: Connect):
    careless, other = connect_to_one(), connect_to_one()
    careless.execute("prepare counted as select 1")
    careless.execute("listen flock")
    careless.execute("select pg_advisory_lock(1)")
    careless.execute("set enable_sort = off")

    for name in ("prepared statements", "channels listened to", "advisory locks"):
        assert len(other.execute(_LEFT[name]).fetchall()) == 1
    assert settings(other)["enable_sort"] == "off"
