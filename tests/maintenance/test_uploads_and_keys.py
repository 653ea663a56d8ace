"""Promises that nobody came back for, and answers that nobody will ask for again."""

from __future__ import annotations

import psycopg

from functions.worker.handlers.expire_uploads import work
from shared.jobs.expire_uploads import ExpireUploads
from shared.records import idempotency_keys, uploads
from shared.records.idempotency_keys import GivenAnswer
from tests.maintenance.place import DAY, HOUR, MINUTE, tick

LONG_AGO = HOUR + MINUTE


def test_a_stale_upload_goes_with_its_object(place, worker):
    place.upload(expired=LONG_AGO)
    kept = {place.upload(), place.upload(expired=HOUR - MINUTE)}

    tick(place, worker, "maintain-stale-uploads")

    assert place.uploads() == kept
    assert place.keys() == {f"uploads/{upload_id}" for upload_id in kept}


def test_an_upload_of_which_nothing_was_sent_goes_too(place, worker):
    upload_id = place.upload(expired=LONG_AGO)
    place.store.delete(f"uploads/{upload_id}")

    counts = tick(place, worker, "maintain-stale-uploads")

    assert place.uploads() == set()
    assert (counts["completed"], counts["retried"]) == (2, 0)


def test_an_upload_that_a_task_is_just_taking_is_passed_over(place, worker, database, conn):
    taken, given_up = (place.upload(expired=LONG_AGO) for _ in range(2))
    with psycopg.connect(database) as one, psycopg.connect(database) as other:
        assert uploads.use(one, taken)
        assert uploads.use(other, given_up)
        with conn.transaction():
            conn.execute("set local lock_timeout = '2 s'")
            work(conn, ExpireUploads())
        one.commit()
        other.rollback()

    worker.drain()
    assert place.keys() == {f"uploads/{taken}", f"uploads/{given_up}"}

    tick(place, worker, "maintain-stale-uploads")
    assert place.uploads() == set()
    assert place.keys() == {f"uploads/{taken}"}  # that task's to delete


def test_a_key_is_forgotten_after_a_day(place, worker, conn):
    answer = GivenAnswer("hash", place.record(), 1)
    for key in ("old", "young", "renewed"):
        idempotency_keys.keep(conn, "ann", key, answer)
    conn.execute(
        "update records.idempotency_key set created_at = now() - %s where key <> 'young'",
        [DAY + MINUTE],
    )
    assert idempotency_keys.keep(conn, "ann", "renewed", answer)

    tick(place, worker, "maintain-idempotency-keys")

    keys = conn.execute("select key from records.idempotency_key order by key").fetchall()
    assert keys == [("renewed",), ("young",)]
