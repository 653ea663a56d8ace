"""Put many jobs into the queue at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from shared.queue._join_batch import join_batches
from shared.queue.enqueue import UniqueWhile, enqueue, serialised
from shared.queue.payload import AnyPayload
from shared.queue.policy import declare
from shared.queue.tag import HEAD_START, UNIT


@dataclass(slots=True)
class NewJob:
    """A job to be; the fields mean what `enqueue` says."""

    payload: AnyPayload
    tenant: str
    subject: str | None = None
    priority: int = 0
    cost: float = 1.0
    run_at: datetime | None = None
    unique_key: str | None = None
    unique_while: UniqueWhile = "unended"
    max_attempts: int | None = None
    batch_id: int | None = None
    trace: str | None = None


# All lines at once: the virtual time, the tenant's last turn in it, and the tenant's weight.
_LINES = """
select wanted.queue, wanted.tenant, clock,
       coalesce((select turn from queue.job
                  where queue = wanted.queue and tenant = wanted.tenant and turn > clock
                    and fence is null and tag is not null
                  order by queue desc, tenant desc, turn desc limit 1), 0),
       coalesce((select weight from queue.weight where tenant = wanted.tenant), 1),
       policy.max_attempts, clock_timestamp()
  from unnest(%s::text[], %s::text[]) as wanted (queue, tenant)
  join (select queue, max_attempts, coalesce(pg_sequence_last_value(clock), 0)
          from queue.policy offset 0) policy (queue, max_attempts, clock)
    on policy.queue = wanted.queue
"""

_RESERVE = "select array_agg(nextval('queue.job_id_seq')) from generate_series(1, %s)"

_COPY = """
copy queue.job (id, queue, tenant, subject, batch_id, priority, cost, payload, payload_version,
                trace, max_attempts, due_at, turn, tag) from stdin
"""

_CHUNK_ROWS = 500


def enqueue_many(conn: Connection, jobs: Sequence[NewJob]) -> list[int]:
    """Return the ids in the order of `jobs`; all exist when the caller's transaction commits.

    By COPY, with all places in the fair order given in one go. Jobs with a unique key go one by
    one, sorted by key, so that two callers wait for one another instead of deadlocking.
    """
    ids: dict[int, int] = {}
    keyed = [place for place, job in enumerate(jobs) if job.unique_key is not None]
    for place in sorted(keyed, key=lambda p: (jobs[p].payload.queue, str(jobs[p].unique_key))):
        ids[place] = _enqueue_one(conn, jobs[place])
    plain = [job for job in jobs if job.unique_key is None]
    copied = _copy(conn, plain) if plain else []
    if not keyed:
        return copied
    following = iter(copied)
    return [ids[place] if place in ids else next(following) for place in range(len(jobs))]


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
        unique_while=job.unique_while,
        max_attempts=job.max_attempts,
        batch_id=job.batch_id,
        trace=job.trace,
    )


def _copy(conn: Connection, jobs: Sequence[NewJob]) -> list[int]:
    join_batches(conn, (job.batch_id for job in jobs if job.batch_id is not None))
    lines = _lines(conn, {(job.payload.queue, job.tenant) for job in jobs})
    with conn.cursor(binary=True) as cursor:
        reserved = cursor.execute(_RESERVE, [len(jobs)]).fetchone()
    assert reserved is not None  # noqa: S101 - an aggregate always answers
    ids: list[int] = reserved[0]
    with conn.cursor() as cursor, cursor.copy(_COPY) as copy:
        for start in range(0, len(jobs), _CHUNK_ROWS):
            stop = start + _CHUNK_ROWS
            numbered = zip(ids[start:stop], jobs[start:stop], strict=True)
            # In pieces, so that the server stores one while the next is written.
            copy.write(
                "".join(
                    lines[job.payload.queue, job.tenant].row(job_id, job)
                    for job_id, job in numbered
                )
            )
    return ids


def _lines(conn: Connection, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], _Line]:
    queues, tenants = zip(*sorted(wanted), strict=True)
    while True:
        rows = conn.execute(_LINES, [list(queues), list(tenants)]).fetchall()
        if len(rows) == len(wanted):
            return {(queue, tenant): _Line(queue, tenant, *rest) for queue, tenant, *rest in rows}
        for queue in set(queues) - {row[0] for row in rows}:
            declare(conn, queue)


@dataclass
class _Line:
    """Hands out the places of one tenant's jobs in one queue, one behind the other."""

    queue: str
    tenant: str
    clock: int
    last_turn: int
    weight: float
    max_attempts: int
    now: datetime

    def __post_init__(self) -> None:
        self._names = f"{self.queue}\t{_escaped(self.tenant)}"
        self._now_text = self.now.isoformat()
        self._turn = max(self.clock, self.last_turn)
        self._unit = UNIT / self.weight

    def row(self, job_id: int, job: NewJob) -> str:
        """Return the job as a line for COPY."""
        payload = job.payload
        json = serialised(payload).replace("\\", "\\\\")
        return (
            f"{job_id}\t{self._names}\t{_escaped(job.subject)}\t{_number(job.batch_id)}\t"
            f"{job.priority}\t{job.cost}\t{json}\t{payload.version}\t{_escaped(job.trace)}\t"
            f"{job.max_attempts or self.max_attempts}\t{self._place(job)}\n"
        )

    def _place(self, job: NewJob) -> str:
        if job.run_at is not None and job.run_at > self.now:
            return f"{job.run_at.isoformat()}\t{_NULL}\t{_NULL}"
        self._turn += round(job.cost * self._unit)
        tag = max(self.clock, self._turn + job.priority * HEAD_START)
        return f"{self._now_text}\t{self._turn}\t{tag}"


_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(text: str | None) -> str:
    return _NULL if text is None else text.translate(_ESCAPES)


def _number(value: int | None) -> str:
    return _NULL if value is None else str(value)
