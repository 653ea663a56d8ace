"""A record that has expired is hidden, and an hour later gone with all that belongs to it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import psycopg

from functions.worker.handlers.expire_records import work
from shared.jobs.expire_records import ExpireRecords
from shared.jobs.parse_excel import ParseExcel
from shared.queue.attempt_error import AttemptError
from shared.queue.bury import bury
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.records import idempotency_keys, sheets
from shared.records.idempotency_keys import GivenAnswer
from tests.maintenance.place import DAY, HOUR, MINUTE, Place, tick

SCHEDULE = "maintain-expired-records"
LONG_AGO, JUST_NOW = HOUR + MINUTE, HOUR - MINUTE


def put_parse(place: Place, record_id: UUID, **options: object) -> int:
    payload = ParseExcel(
        prefix=sheets.prefix_of(record_id),
        record_id=record_id,
        source=sheets.original_key(record_id),
        file_name="secret.csv",
    )
    return enqueue(place.conn, payload, tenant="ann", subject=str(record_id), **options)  # type: ignore[arg-type]


def test_a_record_goes_with_its_objects_an_hour_after_it_was_hidden(place, worker):
    old, hidden, live = (place.record(expired=ago) for ago in (LONG_AGO, JUST_NOW, -DAY))
    for record_id in (old, hidden, live):
        place.publish(record_id, place.clean_data(record_id, 1))
    before = place.keys()

    tick(place, worker, SCHEDULE)

    assert place.records() == {hidden, live}
    assert place.keys() == {key for key in before if not key.startswith(f"sheets/{old}/")}
    assert [job.state for job in place.jobs("delete_objects")] == ["completed"]


def test_the_queue_forgets_it_too(place, worker, conn):
    record_id, other = place.record(expired=LONG_AGO), place.record()
    put_parse(place, record_id)
    (job,) = claim(conn, "parse_excel", version=ParseExcel.version)
    bury(conn, job, AttemptError(attempt=1, message="The sheet 'salaries' is broken."))
    put_parse(place, record_id)
    complete(conn, *claim(conn, "parse_excel", version=ParseExcel.version))
    put_parse(place, record_id, run_at=None)
    later = put_parse(place, other)
    for key, target in (("mine", record_id), ("theirs", other)):
        idempotency_keys.keep(conn, "ann", key, GivenAnswer("hash", target, 1))
    conn.execute("update queue.policy set paused = true where queue = 'parse_excel'")

    tick(place, worker, SCHEDULE)
    conn.execute("update queue.policy set paused = false where queue = 'parse_excel'")

    assert [job.id for job in place.jobs("parse_excel")] == [later]
    left = conn.execute("select record_id from records.idempotency_key").fetchall()
    assert left == [(other,)]
    told = conn.execute("select string_agg(payload::text || errors, '') from queue.ended")
    assert "salaries" not in told.fetchone()[0]


def test_a_job_that_still_works_on_it_is_stopped(place, conn):
    record_id = place.record(expired=LONG_AGO)
    put_parse(place, record_id)
    claim(conn, "parse_excel", version=ParseExcel.version)

    with conn.transaction():
        work(conn, ExpireRecords())

    wish = conn.execute(
        "select cancel_requested, payload from queue.lease join queue.job on id = job_id"
    )
    assert wish.fetchone() == (True, {})


def test_only_a_read_in_the_second_half_of_its_time_writes(place, database, conn):
    record_id = place.record(expired=-sheets.KEPT_FOR / 2 - MINUTE)
    before = conn.execute("select expires_at, xmin from records.sheet").fetchone()
    sheets.find(conn, record_id, "ann")
    assert conn.execute("select expires_at, xmin from records.sheet").fetchone() == before

    place.expire(record_id, -sheets.KEPT_FOR / 2 + MINUTE)
    sheets.find(conn, record_id, "ann")
    once = conn.execute("select expires_at, xmin from records.sheet").fetchone()
    sheets.find(conn, record_id, "ann")
    assert conn.execute("select expires_at, xmin from records.sheet").fetchone() == once
    assert once[0] > before[0]


def test_a_read_waits_for_nobody_who_changes_the_record(place, database, conn):
    record_id = place.record(expired=-MINUTE)
    with psycopg.connect(database) as publishing:
        publishing.execute("update records.sheet set total_rows = 1")
        conn.execute("set lock_timeout = '2 s'")
        assert sheets.find(conn, record_id, "ann") is not None


def test_a_record_read_just_before_its_end_lives_on(place, worker, conn):
    record_id = place.record(expired=timedelta(seconds=-5))
    assert sheets.find(conn, record_id, "ann") is not None
    (ends,) = conn.execute("select expires_at - now() from records.sheet").fetchone()
    assert ends > sheets.KEPT_FOR - MINUTE

    tick(place, worker, SCHEDULE)

    assert place.records() == {record_id}
    assert place.keys() == {sheets.original_key(record_id)}


def test_a_crash_before_the_commit_changes_nothing_and_the_next_run_finishes(place, worker, conn):
    record_id = place.record(expired=LONG_AGO)
    with conn.transaction(force_rollback=True):
        work(conn, ExpireRecords())
    assert place.records() == {record_id}
    assert place.jobs("delete_objects") == []

    tick(place, worker, SCHEDULE)

    assert (place.records(), place.keys()) == (set(), set())


def test_a_crash_amid_the_deletion_loses_nothing(place, worker, conn):
    record_id = place.record(expired=LONG_AGO)
    manifest = place.clean_data(record_id, 1)
    with conn.transaction():
        work(conn, ExpireRecords())
    (job,) = claim(conn, "delete_objects")
    place.store.delete(manifest)
    conn.execute("update queue.lease set expires_at = now() - interval '1 s'")

    worker.drain()

    assert place.keys() == set()
    assert [(known.state, known.id) for known in place.jobs("delete_objects")] == [
        ("completed", job.id)
    ]


def test_of_two_runs_at_once_neither_waits_and_each_record_goes_once(place, database, worker, conn):
    ids = {place.record(expired=LONG_AGO) for _ in range(3)}
    with psycopg.connect(database) as first, psycopg.connect(database) as second:
        second.execute("set lock_timeout = '2 s'")
        work(first, ExpireRecords())
        work(second, ExpireRecords())
        second.commit()
        assert place.records() == ids
        first.commit()

    worker.drain()

    assert (place.records(), place.keys()) == (set(), set())
    assert len(place.jobs("delete_objects")) == 1


def test_a_backlog_is_worked_off_job_by_job(place, conn, monkeypatch):
    monkeypatch.setattr("functions.worker.handlers.expire_records._SECONDS", 0.0)
    conn.execute(
        """
        insert into records.sheet (id, owner, file_name, file_size, file_key, expires_at)
        select gen_random_uuid(), 'ann', 'a.csv', 1, 'sheets/none', now() - interval '2 h'
          from generate_series(1, 250)
        """
    )
    enqueue(conn, ExpireRecords(), tenant="maintenance")

    left = []
    while jobs := claim(conn, "expire_records", limit=10):
        with conn.transaction():
            work(conn, ExpireRecords())
            complete(conn, *jobs)
        left.append(len(place.records()))

    assert left == [150, 50, 0, 0]
    assert len(place.jobs("delete_objects")) == 3


def test_a_record_that_a_job_is_just_publishing_is_left_for_the_next_run(place, database, conn):
    record_id = place.record(expired=LONG_AGO)
    with psycopg.connect(database) as publishing:
        publishing.execute("update records.sheet set total_rows = 1")
        with conn.transaction():
            conn.execute("set local lock_timeout = '2 s'")
            work(conn, ExpireRecords())
    assert place.records() == {record_id}
