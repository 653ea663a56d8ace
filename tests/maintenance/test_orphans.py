"""What nothing refers to is deleted, and nothing else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest

from functions.worker.job import own_objects
from functions.worker.orphans.judge import orphans
from functions.worker.orphans.walk import walk
from shared.jobs.parse_excel import ParseExcel
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.records import sheets
from tests.maintenance.place import DAY, MINUTE, Place, tick
from tests.worker.signs import wait_until

SCHEDULE = "maintain-orphans"
ENDED_JOB = 10**12
"""The id of a job that the queue does not know."""


def put_job(place: Place, record_id, *, subject: str | None, **options: object) -> int:
    payload = ParseExcel(
        prefix=sheets.prefix_of(record_id), record_id=record_id, source="x", file_name="x"
    )
    return enqueue(place.conn, payload, tenant="ann", subject=subject, **options)  # type: ignore[arg-type]


def in_the_future(conn) -> datetime:
    return datetime.now(UTC) + DAY


def test_what_a_record_refers_to_stays(place, worker):
    record_id = place.record()
    place.publish(record_id, place.clean_data(record_id, ENDED_JOB))
    before = place.keys()
    assert len(before) == 5

    tick(place, worker, SCHEDULE)

    assert place.keys() == before


def test_a_hidden_record_keeps_what_it_refers_to(place, worker):
    record_id = place.record(expired=MINUTE)
    place.publish(record_id, place.clean_data(record_id, ENDED_JOB))
    before = place.keys()

    tick(place, worker, SCHEDULE)

    assert place.keys() == before


def test_what_nothing_refers_to_goes(place, worker):
    record_id = place.record()
    manifest = place.clean_data(record_id, ENDED_JOB, fence=8)
    place.publish(record_id, manifest)
    kept = place.keys()
    own = own_objects(sheets.prefix_of(record_id), ENDED_JOB)
    place.put(f"{own}8_clean/staged-00000.parquet")  # beside what is published
    place.put(f"{own}7_clean/part-00000.parquet")  # of an attempt that was replaced
    place.clean_data(record_id, ENDED_JOB - 1)  # whole, but never published
    place.put(sheets.original_key(uuid4()))  # the record was never made, or is gone
    place.put(f"uploads/{uuid4()}")  # a task has been started from it

    tick(place, worker, SCHEDULE)

    assert place.keys() == kept


def test_a_record_that_was_never_parsed_keeps_its_original_alone(place, worker):
    record_id = place.record()
    place.clean_data(record_id, ENDED_JOB)

    tick(place, worker, SCHEDULE)

    assert place.keys() == {sheets.original_key(record_id)}


def test_what_is_younger_than_a_day_stays(place, worker):
    keys = {
        place.put(f"uploads/{uuid4()}", age=DAY - MINUTE),
        place.put(sheets.original_key(uuid4()), age=DAY - MINUTE),
    }
    place.put(f"uploads/{uuid4()}", age=DAY + MINUTE)

    tick(place, worker, SCHEDULE)

    assert place.keys() == keys


def test_a_promised_upload_stays_also_when_it_has_just_expired(place, worker):
    place.upload()
    place.upload(expired=MINUTE)
    before = place.keys()

    tick(place, worker, SCHEDULE)

    assert place.keys() == before


def test_what_is_not_ours_stays(place, worker):
    keys = {
        place.put("readme.txt"),
        place.put(f"exports/{uuid4()}/original"),
        place.put("sheets/no-id/original"),
        place.put(f"sheets/{str(uuid4()).upper()}/original"),
        place.put(f"sheets-of-others/{uuid4()}/original"),
    }
    tick(place, worker, SCHEDULE)

    assert place.keys() == keys


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("state", ["waiting", "delayed", "running"])
def test_what_a_live_job_may_have_written_stays(place, conn, state, named):
    record_id = place.record()
    subject = str(record_id) if named else None
    run_at = in_the_future(conn) if state == "delayed" else None
    job_id = put_job(place, record_id, subject=subject, run_at=run_at)
    if state == "running":
        claim(conn, "parse_excel", version=ParseExcel.version)
    place.clean_data(record_id, job_id)

    assert judged(place) == []
    conn.execute("truncate queue.job, queue.lease")
    assert len(judged(place)) == 4


def test_another_jobs_live_work_does_not_save_orphans_of_a_record_without_jobs(place, conn):
    idle, busy = place.record(), place.record()
    put_job(place, busy, subject=str(busy))
    orphan = place.put(f"{own_objects(sheets.prefix_of(idle), ENDED_JOB)}7_clean/part")
    place.put(f"{own_objects(sheets.prefix_of(busy), ENDED_JOB)}7_clean/part")

    assert judged(place) == [orphan]


@pytest.mark.parametrize("broken", ["unreadable", "missing"])
def test_a_record_whose_manifest_cannot_be_read_keeps_everything(place, worker, broken):
    record_id = place.record()
    manifest = place.clean_data(record_id, ENDED_JOB)
    place.publish(record_id, manifest)
    place.put(f"{own_objects(sheets.prefix_of(record_id), ENDED_JOB)}8_clean/part")
    place.store.delete(manifest)
    if broken == "unreadable":
        place.put(manifest)
    before = place.keys()

    tick(place, worker, SCHEDULE)

    assert place.keys() == before


def test_what_was_published_after_the_walk_stays(place, conn):
    record_id = place.record()
    found = found_by_walking(place)
    manifest = place.clean_data(record_id, ENDED_JOB)
    place.publish(record_id, manifest)

    assert orphans(conn, found) == []


def test_a_job_that_publishes_while_it_is_judged_loses_nothing(place, database, conn, in_thread):
    record_id = place.record()
    job_id = put_job(place, record_id, subject=str(record_id))
    (job,) = claim(conn, "parse_excel", version=ParseExcel.version)
    manifest = place.clean_data(record_id, job_id)
    found = found_by_walking(place)
    with psycopg.connect(database) as publishing:
        publish_and_complete(publishing, record_id, manifest, job)
        publishing.execute("lock table queue.job in access exclusive mode")
        verdict = in_thread(lambda: judged_in_own_transaction(database, found))
        wait_until(lambda: someone_waits(conn))
        publishing.commit()

    assert verdict() == []


def publish_and_complete(conn, record_id, manifest: str, job: ClaimedJob) -> None:
    conn.execute(
        "update records.sheet set clean_data_key = %s where id = %s", [manifest, record_id]
    )
    complete(conn, job)


def judged_in_own_transaction(database: str, found) -> list[str]:
    with psycopg.connect(database) as own:
        return orphans(own, found)


def someone_waits(conn) -> bool:
    return conn.execute("select count(*) from pg_locks where not granted").fetchone() != (0,)


def found_by_walking(place: Place, age: timedelta = DAY):
    before = datetime.now(UTC) - age
    return [
        found
        for stretch in walk(place.store, after="", created_before=before)
        for found in stretch.found
    ]


def judged(place: Place) -> list[str]:
    with place.conn.transaction():
        return orphans(place.conn, found_by_walking(place))
