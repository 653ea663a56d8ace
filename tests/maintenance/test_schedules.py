"""Maintenance is ordinary jobs, and operators have the last word on when."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest

from functions.worker import registry
from functions.worker.drains.schedules import declare_schedules
from shared.jobs.parse_excel import ParseExcel
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.queue.pace import pace_of
from shared.queue.schedule import pause_schedule, put_schedule, run_schedules, schedules
from tests.maintenance.place import tick

NAMES = [
    "maintain-expired-language-records",
    "maintain-expired-records",
    "maintain-history",
    "maintain-idempotency-keys",
    "maintain-orphans",
    "maintain-pace",
    "maintain-stale-uploads",
]


@pytest.fixture
def fresh(database_url: str):
    """A connection to a database that no worker has seen yet."""
    with psycopg.connect(database_url, autocommit=True) as conn:
        yield conn


@pytest.mark.parametrize("queue", registry.queues())
def test_every_kind_is_whole(queue):
    kind = registry.sql_handler if registry.is_sql(queue) else registry.handler
    assert kind(queue).Payload.version >= 1
    registry.advancing_handler(queue)
    schedule = registry.schedule_of(queue)
    if schedule is not None:
        assert schedule.name.startswith("maintain-")
        assert kind(queue).Payload.model_validate_json(schedule.payload.model_dump_json())


def test_the_first_drain_declares_them(conn):
    assert [schedule.name for schedule in schedules(conn)] == NAMES
    assert {schedule.alone for schedule in schedules(conn)} == {True}


def test_what_an_operator_has_changed_stays(fresh):
    now = datetime.now(UTC)
    declare_schedules(fresh, now)
    pause_schedule(fresh, "maintain-orphans", paused=True)
    put_schedule(
        fresh,
        "maintain-pace",
        "0 0 * * *",
        ParseExcel(record_id="0" * 32, source="x", file_name="x"),
        tenant="ops",
        now=now,
    )
    before = schedules(fresh)

    declare_schedules(fresh, now)

    assert schedules(fresh) == before


def test_all_of_them_run_and_none_twice_at_once(place, worker, conn):
    conn.execute("update queue.schedule set next_at = now() - interval '1 s'")
    (now,) = conn.execute("select now()").fetchone()
    assert len(run_schedules(conn, now)) == len(NAMES)
    conn.execute("update queue.schedule set next_at = now() - interval '1 s'")
    assert run_schedules(conn, now) == []

    counts = worker.drain()

    assert counts["completed"] == len(NAMES)
    ended = conn.execute("select distinct tenant, outcome from queue.ended").fetchall()
    assert ended == [("maintenance", "completed")]


def test_the_pace_of_every_queue_is_measured(place, worker, conn):
    payload = ParseExcel(record_id="0" * 32, source="x", file_name="x")
    enqueue(conn, payload, tenant="ann")
    complete(conn, *claim(conn, "parse_excel", version=ParseExcel.version))

    tick(place, worker, "maintain-pace")

    pace = pace_of(conn, "parse_excel")
    assert pace is not None
    assert pace.jobs == 1


def test_partitions_are_made_although_the_table_was_held_at_first(place, worker, database, conn):
    conn.execute(
        """
        do $$ declare day text; begin
            for day in select relname from pg_class
                        where relname ~ '^history_\\d{8}$' and relkind = 'r' loop
                execute 'drop table queue.' || day;
            end loop;
        end $$
        """
    )
    with psycopg.connect(database) as backup:
        backup.execute("select from queue.ended")
        counts = tick(place, worker, "maintain-history")
    assert counts["retried"] == 1
    (job,) = place.jobs("keep_history")
    assert "backup" in job.errors[-1]["message"]
    assert partitions(conn) == 0

    place.let_jobs_be_due()
    worker.drain()

    assert partitions(conn) == 3
    assert [job.state for job in place.jobs("keep_history")] == ["completed"]


def partitions(conn) -> int:
    row = conn.execute(
        r"select count(*) from pg_class where relname ~ '^history_\d{8}$'"
    ).fetchone()
    return int(row[0])
