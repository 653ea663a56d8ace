"""The one statement that ends jobs, whatever their outcome, any number at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.queue._plan import own_transaction
from shared.queue.attempt_error import AttemptError
from shared.queue.batch_progress import children_ended, stop_batch

Outcome = Literal["completed", "cancelled", "buried"]

# A waiting job has no fence and no lease. A running one is ended only by the holder of its lease,
# and is completed only when nobody has asked to cancel it.
_END = """
with held as materialized (
    select * from unnest(%(ids)s::bigint[], %(fences)s::bigint[]) as held (job_id, fence)
), lease as (
    delete from queue.lease using held
     where lease.job_id = any(array[held.job_id]) and lease.fence = held.fence
       and (not cancel_requested or %(outcome)s <> 'completed')
    returning lease.job_id, lease.fence, started_at
), allowed as materialized (
    select job_id, fence, started_at from lease
    union all
    select job_id, null, null from held where fence is null
), job as (
    delete from queue.job using allowed
     where job.id = any(array[allowed.job_id])
       and job.fence is not distinct from allowed.fence
    returning job.*, allowed.started_at
), checkpoint as (
    delete from queue.checkpoint using job where checkpoint.job_id = any(array[job.id])
), unique_key as (
    delete from queue.unique_key using job
     where job.unique_key is not null and unique_key.job_id = job.id
       and unique_key.queue = any(array[job.queue])
       and unique_key.key = any(array[job.unique_key])
       and unique_key.until is null
)
insert into queue.ended (id, queue, tenant, subject, batch_id, priority, cost, payload,
                         payload_version, trace, attempts, max_attempts, errors, worked, outcome,
                         created_at, started_at)
select id, queue, tenant, subject, batch_id, priority, cost, payload,
       payload_version, trace, attempts, max_attempts,
       case when %(error)s::jsonb is null then errors
            else errors || jsonb_build_array(%(error)s::jsonb || jsonb_build_object(
                'startedAt', started_at, 'endedAt', clock_timestamp())) end,
       worked + coalesce(clock_timestamp() - started_at, '0'), %(outcome)s,
       created_at, started_at
  from job
returning id, batch_id
"""


def end(
    conn: Connection,
    held: Sequence[tuple[int, int | None]],
    outcome: Outcome,
    error: AttemptError | None = None,
) -> set[int]:
    """Move the jobs, given as (id, fence), to the ended ones; return the ids of those that went.

    The others are not held so, and nothing of theirs has changed. A job and its batch's count go
    together, also where each statement would commit by itself.
    """
    parameters = {
        "ids": _array(job_id for job_id, _ in held),
        "fences": _array(fence for _, fence in held),
        "outcome": outcome,
        "error": None if error is None else Jsonb(error.model_dump(mode="json")),
    }
    with own_transaction(conn):
        ended = conn.execute(_END, parameters).fetchall()
        children = [batch_id for _, batch_id in ended if batch_id is not None]
        for batch_id in children_ended(conn, children, outcome):
            end(conn, [(job_id, None) for job_id in stop_batch(conn, batch_id)], "cancelled")
    return {job_id for job_id, _ in ended}


def _array(numbers: Iterable[int | None]) -> str:
    """Write an array ourselves: the driver takes longer over it than the server over the jobs."""
    return "{" + ",".join("null" if number is None else str(number) for number in numbers) + "}"
