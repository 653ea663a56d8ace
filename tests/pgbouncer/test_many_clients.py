"""Twenty clients share two server connections, and the queue keeps its word."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import psycopg

from shared.errors import LeaseLost
from shared.queue.batch import fan_out
from shared.queue.bury import bury
from shared.queue.cancel import cancel
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete_many
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.heartbeat import heartbeat
from shared.queue.policy import change_policy, declare
from shared.queue.progress import Progress
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.retention import keep_up_partitions
from shared.queue.schedule import put_schedule, run_schedules
from tests.pgbouncer.conftest import Connect
from tests.postgres.jobs import ERROR, QUEUE, CountSheep, ShearSheep, put, retry_now

CLIENTS = 20
QUEUES = (QUEUE, ShearSheep.queue)
# Without a unique constraint: one would hide an effect that was had twice.
_LEDGER = "create table ledger (job_id bigint)"
_EFFECT = "insert into ledger select unnest(%s::bigint[])"


def test_clients_that_interleave_end_each_job_once(connect: Connect, direct: psycopg.Connection):
    direct.execute(_LEDGER)
    for queue in QUEUES:
        declare(direct, queue)
    change_policy(direct, ShearSheep.queue, max_running=4, max_running_per_tenant=3)
    put_schedule(direct, "flock", "* * * * *", CountSheep(), tenant="farm", now=datetime.now(UTC))
    clients = [connect() for _ in range(CLIENTS)]
    assert backends(direct) <= 2
    most: list[int] = []

    work_at_once(clients, direct, most)

    assert max(most) == 2
    assert direct.execute("select count(*) from queue.job").fetchone() == (0,)
    assert direct.execute("select count(*) from queue.lease").fetchone() == (0,)
    ids = direct.execute("select id from queue.ended where outcome = 'completed'").fetchall()
    done = direct.execute("select job_id from ledger").fetchall()
    assert Counter(done) == Counter(ids)
    assert len(ids) > CLIENTS * 10
    outcomes = dict(direct.execute("select outcome, count(*) from queue.ended group by 1"))
    assert set(outcomes) == {"completed", "cancelled", "buried"}
    open_batches = "select count(*) from queue.batch where pending <> 0 or ended_at is null"
    assert direct.execute(open_batches).fetchone() == (0,)


def work_at_once(
    clients: list[psycopg.Connection], direct: psycopg.Connection, most: list[int]
) -> None:
    start = threading.Barrier(len(clients))
    failures: list[BaseException] = []

    def one(number: int, conn: psycopg.Connection) -> None:
        try:
            start.wait()
            _fill(conn, number)
            while _drain_some(conn, Random(number)):
                pass
        except BaseException as failure:  # noqa: BLE001 - told in the main thread
            failures.append(failure)

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        most.append(backends(direct))
        for thread in threads:
            thread.join(0.01)
    assert failures == []
    # Whoever ended early may have left jobs that others handed back after it had looked.
    while _drain_some(clients[0], Random(0)):
        pass


def backends(direct: psycopg.Connection) -> int:
    """Count the server connections that the pooler has in this database."""
    row = direct.execute(
        """
        select count(*) from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend'
           and pid <> pg_backend_pid()
        """
    ).fetchone()
    return int(row[0])


def _fill(conn: psycopg.Connection, number: int) -> None:
    tenant = f"farm-{number % 5}"
    with conn.transaction():
        enqueue_many(conn, [NewJob(CountSheep(sheep=n), tenant=tenant) for n in range(10)])
        fan_out(conn, [CountSheep(), ShearSheep()], tenant=tenant, then=ShearSheep())
    put(conn, unique_key="dolly")
    put(conn, run_at=datetime.now(UTC) + timedelta(milliseconds=number))
    cancel(conn, put(conn))
    with conn.transaction():
        keep_up_partitions(conn)
        run_schedules(conn, datetime.now(UTC) + timedelta(minutes=1))


def _drain_some(conn: psycopg.Connection, dice: Random) -> bool:
    """Treat some jobs each in one of the ways in which it can be; False when none is left."""
    with conn.transaction():
        recover(conn)
    for queue in QUEUES:
        jobs = claim(conn, queue, limit=5)
        with conn.transaction():
            well = [job for job in jobs if _goes_well(conn, job, dice)]
            assert complete_many(conn, well) == {job.id for job in well}
            conn.execute(_EFFECT, [[job.id for job in well]])
    return conn.execute("select from queue.job limit 1").fetchone() is not None


def _goes_well(conn: psycopg.Connection, job: ClaimedJob, dice: Random) -> bool:
    assert not heartbeat(conn, job, Progress(phase="counting", done=1, total=2))
    checkpoint(conn, job, {"row": job.attempts}, done=job.attempts)
    if job.batch_id is not None or dice.random() < 0.7:
        return True
    match dice.randrange(4):
        case 0:
            release(conn, job)
        case 1 if job.attempts < job.max_attempts:
            retry_now(conn, job, ERROR)
        case 2:
            conn.execute(
                "update queue.lease set expires_at = '-infinity' where job_id = %s", [job.id]
            )
        case _:
            bury(conn, job, ERROR)
    return False


def test_a_stale_worker_is_refused_whichever_server_connection_it_meets(connect: Connect):
    first, second, third = connect(), connect(), connect()
    put(first)
    (stale,) = claim(first, QUEUE)
    second.execute("update queue.lease set expires_at = '-infinity'")
    with second.transaction():
        recover(second)
    (fresh,) = claim(third, QUEUE)

    for conn in (first, second, third):
        try:
            heartbeat(conn, stale, Progress())
        except LeaseLost:
            continue
        raise AssertionError("a stale worker was let in")
    assert complete_many(first, [fresh]) == {fresh.id}
