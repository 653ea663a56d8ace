"""Take waiting jobs out of a queue for good, in the transaction that does their work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from psycopg import Connection
from psycopg.rows import args_row

from shared.queue._claim_flat import MOVE_THE_CLOCK, PICK_FLAT, lag
from shared.queue._open_policy import open_policy
from shared.queue._plan import as_usual
from shared.queue.batch_progress import children_ended
from shared.queue.promote import promote
from shared.queue.tag import URGENT_STEP

_TAKE = (
    PICK_FLAT
    + """
), charged as (
    delete from queue.job using picked where job.ctid = picked.place returning job.*
), checkpoint as (
    delete from queue.checkpoint using charged
     where charged.attempts > 0 and checkpoint.job_id = any(array[charged.id])
), unique_key as (
    delete from queue.unique_key using charged
     where charged.unique_key is not null and unique_key.job_id = charged.id
       and unique_key.queue = any(array[charged.queue])
       and unique_key.key = any(array[charged.unique_key])
       and (charged.frees_key or unique_key.until is null)
), moved as (
"""
    + MOVE_THE_CLOCK
    + """
), archived as (
    insert into queue.ended (id, queue, tenant, subject, batch_id, priority, cost, payload,
                             payload_version, trace, attempts, max_attempts, errors, worked,
                             outcome, created_at, started_at)
    select id, queue, tenant, subject, batch_id, priority, cost, payload,
           payload_version, trace, attempts + 1, max_attempts, errors, worked + %(worked)s,
           'completed', created_at, clock_timestamp()
      from charged
)
select id, batch_id, payload::text
  from charged cross join moved
 order by tag, id
"""
)


# Not frozen: that would make each of the many jobs of a batch five times as dear to build.
@dataclass(slots=True)
class TakenJob:
    """A job that counts as completed when the transaction commits; `payload` is JSON."""

    id: int
    batch_id: int | None
    payload: str


def take(
    conn: Connection,
    queue: str,
    *,
    limit: int,
    version: int = 1,
    sweep: bool = False,
    worked: timedelta = timedelta(0),
) -> list[TakenJob]:
    """Take up to `limit` due jobs in their fair order: claimed and completed in one statement.

    The caller's transaction is the lease. It does the work and commits; or it rolls back, perhaps
    because its process has died, and nothing has happened. So it costs half of what a lease does,
    and it is for work that is SQL alone and soon done: nobody sees it running, it cannot be
    cancelled, and an attempt that fails is not charged. Claim by lease what failed here; a queue
    with caps or a rate limit gives nothing here.

    `sweep` is as in `claim`; `worked` is what the history shall say that each of them took.
    """
    policy = open_policy(conn, queue)
    if policy is None or policy.capped:
        return []
    if sweep:
        promote(conn, queue)
    parameters = {
        "queue": queue,
        "clock": policy.clock,
        "limit": limit,
        "version": version,
        "lag": lag(sweep=sweep),
        "urgent_step": URGENT_STEP,
        "worked": worked,
    }
    with conn.cursor(row_factory=args_row(TakenJob)) as cursor:
        taken = cursor.execute(_TAKE, parameters).fetchall()
    children_ended(conn, [job.batch_id for job in taken if job.batch_id is not None], "completed")
    as_usual(conn)
    return taken
