"""Nothing follows a batch that somebody has stopped, and its count is never left behind."""

import psycopg
import pytest

from shared.queue.batch import fan_out, find_batch
from shared.queue.bury import bury
from shared.queue.cancel import cancel_batch
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.find import find_newest
from shared.queue.purge import purge
from tests.postgres.jobs import ERROR, QUEUE, CountSheep, ShearSheep, take


def spread(conn: psycopg.Connection, count: int) -> int:
    children = [CountSheep(sheep=n) for n in range(count)]
    return fan_out(
        conn, children, tenant="farm", subject="dolly", then=ShearSheep(), fail_fast=False
    )


def test_nothing_follows_a_batch_that_was_cancelled_while_it_waited(conn):
    batch_id = spread(conn, 2)

    assert cancel_batch(conn, batch_id) == 2
    assert find_batch(conn, batch_id).ended_at is not None
    assert claim(conn, ShearSheep.queue) == []


def test_a_batch_that_has_ended_is_cancelled_in_vain(conn):
    batch_id = spread(conn, 1)
    complete(conn, take(conn))

    assert cancel_batch(conn, batch_id) == 0
    assert len(claim(conn, ShearSheep.queue)) == 1


def test_nothing_follows_a_batch_whose_subject_was_purged(conn):
    batch_id = spread(conn, 2)
    purge(conn, "dolly")

    assert find_newest(conn, "dolly") is None
    assert find_batch(conn, batch_id) is None
    assert claim(conn, ShearSheep.queue) == []


def test_a_running_child_ends_though_its_batch_was_purged(conn):
    spread(conn, 2)
    job = take(conn)
    purge(conn, "dolly")
    bury(conn, job, ERROR)

    assert claim(conn, QUEUE) == []
    assert claim(conn, ShearSheep.queue) == []


def test_a_job_does_not_end_when_its_batch_cannot_be_counted(conn):
    batch_id = spread(conn, 1)
    job = take(conn)
    conn.execute("alter table queue.batch add constraint full_moon check (pending > 0)")
    with pytest.raises(psycopg.errors.CheckViolation):
        bury(conn, job, ERROR)

    assert conn.execute("select count(*) from queue.ended").fetchone() == (0,)
    conn.execute("alter table queue.batch drop constraint full_moon")
    bury(conn, job, ERROR)
    assert find_batch(conn, batch_id).pending == 0
