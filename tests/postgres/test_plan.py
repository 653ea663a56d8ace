"""What the queue costs at any depth, on a fresh connection, whatever the statistics say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from local.postgres import Postgres
from shared.migrate import migrate
from shared.queue.cancel import cancel
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete_many
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.find import find, find_newest, newest_of
from shared.queue.heartbeat import heartbeat
from shared.queue.policy import change_policy, declare
from shared.queue.progress import Progress
from shared.queue.promote import promote
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.retry import retry
from shared.queue.search import known
from shared.queue.take import take
from shared.records import sheets
from shared.records.sheets import StoredFile
from tests.conftest import DEBIAN_15
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, CountSheep
from tests.postgres.plans import SETTINGS, observe

BATCH = 100
TENANTS = 10
CHUNK = 100_000
ONE_CALL = 150
"""Buffers that a call may touch besides its jobs': policies, the ends of indexes, catalogue."""

GROWING = {"job", "lease", "checkpoint", "unique_key", "ended", "history_rest"}

BY_BITMAP = {"job"}
"""Of what was found in an index: to be told from a walk by its few buffers alone."""

OTHERS = 10_000
"""Checkpoints and keys of jobs elsewhere: as many jobs as wait here."""
OTHERS_RUNNING = 500

SERVERS = {"18": None, "15": DEBIAN_15}


@pytest.fixture(
    scope="module",
    params=[
        ("18", 0, False),
        ("18", 10_000, False),
        ("18", 1_000_000, False),
        ("18", 10_000, True),
        ("15", 10_000, False),
        ("15", 10_000, True),
    ],
    ids=["18-empty", "18-10k", "18-1M", "18-10k-misled", "15-10k", "15-10k-misled"],
)
def url(request, tmp_path_factory) -> Iterator[str]:
    """A server of its own with so many jobs waiting, and as many delayed by an hour as a tenth.

    It has no statistics, or it is misled by those of a moment when all was done.
    """
    version, depth, misled = request.param
    bin_dir: Path | None = SERVERS[version]
    if bin_dir and not bin_dir.exists():
        pytest.skip(f"PostgreSQL {version} is not installed in {bin_dir}")
    data = tmp_path_factory.mktemp("plans")
    with Postgres(data=data, bin_dir=bin_dir, settings=SETTINGS) as server:
        address = server.ensure_database("deep")
        migrate(address)
        if misled:
            analyze_what_is_empty(address)
        fill(address, depth)
        yield address


def analyze_what_is_empty(url: str) -> None:
    """Leave tables that have pages and no row, then put in what others hold."""
    with psycopg.connect(url, autocommit=True) as conn:
        for key in ("dolly", None):
            enqueue(conn, CountSheep(), tenant="farm", unique_key=key)
        jobs = claim(conn, QUEUE, limit=2)
        for job in jobs:
            checkpoint(conn, job, {}, done=1)
        complete_many(conn, jobs)
        for table in ("job", "lease", "checkpoint", "unique_key"):
            conn.execute(f"analyze queue.{table}")
            row = conn.execute(
                "select relpages, reltuples from pg_class where oid = %s::regclass",
                [f"queue.{table}"],
            ).fetchone()
            assert row == (1, 0)
        conn.execute(_OTHERS_LEASES, [OTHERS_RUNNING])
        conn.execute(_OTHERS_CHECKPOINTS, [OTHERS])
        conn.execute(_OTHERS_KEYS, [OTHERS])


_OTHERS_LEASES = """
insert into queue.lease (job_id, fence, queue, tenant, expires_at, started_at, done_at_claim, done)
select -n, -n, 'others', 'farm', 'infinity', now(), 0, 0 from generate_series(1, %s) n
"""
_OTHERS_CHECKPOINTS = """
insert into queue.checkpoint (job_id, state, done) select -n, '{}', 0 from generate_series(1, %s) n
"""
_OTHERS_KEYS = """
insert into queue.unique_key (queue, key, job_id)
select 'others', n::text, -n from generate_series(1, %s) n
"""


def fill(url: str, depth: int) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    kinds = [NewJob(CountSheep(), tenant=f"t{n}") for n in range(TENANTS)]
    kinds += [NewJob(CountSheep(), tenant=f"t{n}", run_at=later) for n in range(TENANTS // 10)]
    with psycopg.connect(url) as conn:
        declare(conn, QUEUE)
        for _ in range(0, depth, CHUNK):
            enqueue_many(conn, kinds * (min(depth, CHUNK) // TENANTS))


@pytest.fixture
def conn(url) -> Iterator[psycopg.Connection]:
    """To prepare what is then observed on a connection of its own."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("update queue.policy set lease = '1 h'")
        yield conn
        held = conn.execute("delete from queue.lease where fence > 0 returning job_id").fetchall()
        conn.execute("delete from queue.job where id = any(%s)", [[row[0] for row in held]])


@pytest.fixture
def held(conn) -> list[ClaimedJob]:
    """A batch of running jobs; to take them has moved the low-water mark."""
    enqueue_many(conn, [NewJob(CountSheep(), tenant="farm") for _ in range(2 * BATCH)])
    complete_many(conn, claim(conn, QUEUE, limit=BATCH))
    return claim(conn, QUEUE, limit=BATCH)


def assert_cheap(
    url: str,
    call: Callable[[psycopg.Connection], object],
    *,
    jobs: int,
    sorts: int = 0,
    walks: Collection[str] = (),
    find: int = 10,
    in_all: int = 25,
) -> None:
    """Hold what the call costs to its jobs, whatever the depth; a batch may always be sorted.

    `find` bounds the buffers that each job takes to be found, `in_all` counts its writes, too. Only
    tables that it `walks` may be read from one end to the other.
    """
    observed = observe(url, call)
    read = observed.buffers_read()
    print(f"{jobs} jobs: {read} buffers to find them, {observed.buffers} in all")
    assert observed.plans
    assert observed.sorted_rows() <= max(jobs, sorts)
    assert observed.scanned_tables() & GROWING <= {*walks}
    assert read <= find * jobs + ONE_CALL
    assert observed.buffers <= in_all * jobs + ONE_CALL


def claim_all(conn, **options: object) -> None:
    assert len(claim(conn, QUEUE, limit=BATCH, **options)) == BATCH


@pytest.mark.parametrize("sweep", [False, True], ids=["from the mark", "sweep"])
def test_claim(url, conn, held, sweep):
    enqueue_many(conn, [NewJob(CountSheep(), tenant="farm") for _ in range(BATCH)])
    assert_cheap(url, lambda own: claim_all(own, sweep=sweep), jobs=BATCH)


@pytest.mark.parametrize("sweep", [False, True], ids=["from the mark", "sweep"])
def test_take(url, conn, held, sweep):
    enqueue_many(conn, [NewJob(CountSheep(), tenant="farm") for _ in range(BATCH)])

    def take_all(own: psycopg.Connection) -> None:
        with own.transaction():
            assert len(take(own, QUEUE, limit=BATCH, sweep=sweep)) == BATCH

    assert_cheap(url, take_all, jobs=BATCH)


def test_claim_under_caps(url, conn, held):
    enqueue_many(conn, [NewJob(CountSheep(), tenant=f"t{n % TENANTS}") for n in range(BATCH)])
    change_policy(conn, QUEUE, max_running=10 * BATCH, max_running_per_tenant=2 * BATCH)
    try:
        assert_cheap(
            url,
            claim_all,
            jobs=BATCH,
            sorts=(TENANTS + 1) * BATCH,
            walks={"lease"},
            find=20,
            in_all=35,
        )
    finally:
        change_policy(conn, QUEUE, lift=("max_running", "max_running_per_tenant"))


def test_claim_where_all_but_one_are_at_their_cap(url, conn, held):
    change_policy(conn, QUEUE, max_running_per_tenant=1)
    enqueue_many(conn, [NewJob(CountSheep(), tenant=f"t{n}") for n in range(TENANTS)])
    claim(conn, QUEUE, limit=TENANTS)
    enqueue(conn, CountSheep(), tenant="zz")
    try:
        assert_cheap(
            url,
            lambda own: claim(own, QUEUE, limit=BATCH),
            jobs=1,
            sorts=2 * TENANTS,
            in_all=50,
            walks={"lease"},
        )
    finally:
        change_policy(conn, QUEUE, lift=("max_running_per_tenant",))


def test_heartbeat(url, held):
    assert_cheap(url, lambda own: heartbeat(own, held[0], Progress(done=1)), jobs=1)


def test_checkpoint(url, held):
    assert_cheap(url, lambda own: checkpoint(own, held[0], {"row": 1}, done=1), jobs=1)


def test_complete(url, held):
    assert_cheap(url, lambda own: complete_many(own, held), jobs=BATCH)


def test_retry_and_release(url, held):
    def hand_back(own: psycopg.Connection) -> None:
        retry(own, held[0], ERROR, delay=MINUTE)
        release(own, held[1])

    assert_cheap(url, hand_back, jobs=2)


def test_cancel(url, conn, held):
    waiting = enqueue(conn, CountSheep(), tenant="farm")

    def stop(own: psycopg.Connection) -> None:
        assert cancel(own, waiting) == "cancelled"
        assert cancel(own, held[0].id) == "cancelling"

    assert_cheap(url, stop, jobs=2)


def test_find(url, held):
    assert_cheap(url, lambda own: find(own, held[0].id), jobs=1)


def test_find_by_subject(url, conn, held):
    enqueue(conn, CountSheep(), tenant="farm", subject="flock")
    assert_cheap(url, lambda own: find_newest(own, "flock"), jobs=1, walks=BY_BITMAP)


def test_poll(url, conn, held):
    """A record's revision and its newest job, in one statement."""
    record = uuid4()
    sheets.create(conn, record, "ann", StoredFile("original", "人员.csv", 1, None))
    enqueue(conn, CountSheep(), tenant="farm", subject=str(record))

    def poll(own: psycopg.Connection) -> None:
        _, job = sheets.revision(own, record, "ann", *newest_of(str(record)))
        assert job["queue"] == QUEUE

    assert_cheap(url, poll, jobs=1, walks=BY_BITMAP)


def test_find_many(url, held):
    ids = [job.id for job in held]
    assert_cheap(url, lambda own: known(own, ids), jobs=BATCH, walks=BY_BITMAP)


def test_enqueue(url, held):
    assert_cheap(url, lambda own: enqueue(own, CountSheep(), tenant="t0"), jobs=1)


def test_enqueue_with_a_key(url, held):
    def twice(own: psycopg.Connection) -> None:
        first = enqueue(own, CountSheep(), tenant="t0", unique_key="dolly")
        assert enqueue(own, CountSheep(), tenant="t0", unique_key="dolly") == first

    assert_cheap(url, twice, jobs=2)


def test_enqueue_many(url, held):
    jobs = [NewJob(CountSheep(), tenant=f"t{n % TENANTS}") for n in range(BATCH)]
    assert_cheap(url, lambda own: enqueue_many(own, jobs), jobs=BATCH)


def test_promote(url, conn, held):
    late = datetime.now(UTC) + timedelta(hours=1)
    ids = enqueue_many(conn, [NewJob(CountSheep(), tenant="farm", run_at=late)] * BATCH)
    conn.execute("update queue.job set due_at = clock_timestamp() where id = any(%s)", [ids])
    assert_cheap(url, lambda own: promote(own, QUEUE), jobs=BATCH, find=40, in_all=55)


def test_recover(url, conn, held):
    conn.execute("update queue.lease set expires_at = '-infinity' where fence > 0")
    conn.execute(
        "update queue.job set max_attempts = 1 where id = any(%s)",
        [[job.id for job in held[: BATCH // 2]]],
    )

    def recover_all(own: psycopg.Connection) -> None:
        with own.transaction():
            found = recover(own)
        assert len(found.retried) == len(found.buried) == BATCH // 2

    assert_cheap(url, recover_all, jobs=BATCH, walks={"lease"}, find=40, in_all=55)
