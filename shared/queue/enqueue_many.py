"""Put many jobs into the queue at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from psycopg import Connection

from shared.queue.enqueue import enqueue, serialised
from shared.queue.payload import AnyPayload
from shared.queue.policy import Policy, declare, policy_of
from shared.queue.tag import HEAD_START, UNIT


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be; the fields mean what `enqueue` says."""

    payload: AnyPayload
    tenant: str
    subject: str | None = None
    priority: int = 0
    cost: float = 1.0
    run_at: datetime | None = None
    unique_key: str | None = None
    max_attempts: int | None = None
    batch_id: int | None = None
    trace: str | None = None


_RESERVE = "select nextval('queue.job_id_seq') from generate_series(1, %s)"

# The virtual time, the last turn in the tenant's line, and the tenant's weight.
_LINE = """
select coalesce(pg_sequence_last_value(%(clock)s::regclass), 0),
       coalesce((select turn from queue.job
                  where queue = %(queue)s and tenant = %(tenant)s
                    and fence is null and tag is not null
                  order by queue desc, tenant desc, turn desc limit 1), 0),
       coalesce((select weight from queue.weight where tenant = %(tenant)s), 1),
       clock_timestamp()
"""

_COPY = """
copy queue.job (id, queue, tenant, subject, batch_id, priority, cost, payload, payload_version,
                trace, max_attempts, due_at, turn, tag) from stdin
"""


def enqueue_many(conn: Connection, jobs: Sequence[NewJob]) -> list[int]:
    """Return the ids in the order of `jobs`; all exist when the caller's transaction commits.

    By COPY, with all places in the fair order given in one go. Jobs with a unique key go one by
    one, sorted by key, so that two callers wait for one another instead of deadlocking.
    """
    ids: dict[int, int] = {}
    keyed = [place for place, job in enumerate(jobs) if job.unique_key is not None]
    for place in sorted(keyed, key=lambda p: (jobs[p].payload.queue, str(jobs[p].unique_key))):
        ids[place] = _enqueue_one(conn, jobs[place])
    plain = [place for place, job in enumerate(jobs) if job.unique_key is None]
    ids.update(zip(plain, _copy(conn, [jobs[place] for place in plain]), strict=True))
    return [ids[place] for place in range(len(jobs))]


def _enqueue_one(conn: Connection, job: NewJob) -> int:
    return enqueue(
        conn,
        job.payload,
        tenant=job.tenant,
        subject=job.subject,
        priority=job.priority,
        cost=job.cost,
        run_at=job.run_at,
        unique_key=job.unique_key,
        max_attempts=job.max_attempts,
        batch_id=job.batch_id,
        trace=job.trace,
    )


def _copy(conn: Connection, jobs: Sequence[NewJob]) -> list[int]:
    if not jobs:
        return []
    ids = [int(row[0]) for row in conn.execute(_RESERVE, [len(jobs)])]
    rows = list(_rows(conn, zip(ids, jobs, strict=True)))
    with conn.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(row)
    return ids


def _rows(conn: Connection, numbered: Iterable[tuple[int, NewJob]]) -> Iterator[tuple[object, ...]]:
    def line(one: tuple[int, NewJob]) -> tuple[str, str]:
        return one[1].payload.queue, one[1].tenant

    for (queue, tenant), group in groupby(sorted(numbered, key=line), key=line):
        policy = _declared(conn, queue)
        places = _Line(conn, policy, tenant)
        for job_id, job in group:
            yield (
                job_id, queue, tenant, job.subject, job.batch_id, job.priority, job.cost,
                serialised(job.payload), job.payload.version, job.trace,
                job.max_attempts or policy.max_attempts, job.run_at or places.now,
                *places.next(job),
            )  # fmt: skip


def _declared(conn: Connection, queue: str) -> Policy:
    policy = policy_of(conn, queue)
    while policy is None:
        declare(conn, queue)
        policy = policy_of(conn, queue)
    return policy


class _Line:
    """Hands out the places of one tenant's jobs, one behind the other."""

    def __init__(self, conn: Connection, policy: Policy, tenant: str) -> None:
        row = conn.execute(
            _LINE, {"clock": policy.clock, "queue": policy.queue, "tenant": tenant}
        ).fetchone()
        assert row is not None  # noqa: S101 - it has no FROM
        self._clock, last, self._weight, self.now = row
        self._last = max(self._clock, last)

    def next(self, job: NewJob) -> tuple[int | None, int | None]:
        """Return the job's turn and tag, none for one that is to come later."""
        if job.run_at is not None and job.run_at > self.now:
            return None, None
        self._last += round(job.cost * UNIT / self._weight)
        return self._last, max(self._clock, self._last + job.priority * HEAD_START)
