"""The one statement that ends a job, whatever its outcome."""

from __future__ import annotations

from typing import Literal

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.queue.attempt_error import AttemptError

Outcome = Literal["completed", "cancelled", "buried"]

# A waiting job has no fence and no lease. A running one is ended only by the holder of its lease,
# and is completed only when nobody has asked to cancel it.
_END = """
with lease as (
    delete from queue.lease
     where job_id = %(job_id)s and fence = %(fence)s
       and (not cancel_requested or %(outcome)s <> 'completed')
    returning started_at
), job as (
    delete from queue.job
     where id = %(job_id)s and fence is not distinct from %(fence)s
       and (fence is null or exists (select from lease))
    returning *
), checkpoint as (
    delete from queue.checkpoint using job where checkpoint.job_id = job.id
), unique_key as (
    delete from queue.unique_key using job
     where unique_key.queue = job.queue and unique_key.key = job.unique_key
)
insert into queue.ended (id, queue, tenant, subject, priority, payload, payload_version, attempts,
                         max_attempts, errors, outcome, created_at, started_at)
select id, queue, tenant, subject, priority, payload, payload_version, attempts,
       max_attempts, errors || %(error)s, %(outcome)s, created_at,
       (select started_at from lease)
  from job
returning id
"""


def end(
    conn: Connection,
    job_id: int,
    fence: int | None,
    outcome: Outcome,
    error: AttemptError | None = None,
) -> bool:
    """Move the job to the ended ones; False, with nothing changed, when it is not held so."""
    parameters = {
        "job_id": job_id,
        "fence": fence,
        "outcome": outcome,
        "error": Jsonb([] if error is None else [error.model_dump(mode="json")]),
    }
    return conn.execute(_END, parameters).fetchone() is not None
