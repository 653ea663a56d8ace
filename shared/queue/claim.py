"""Take waiting jobs out of a queue, under a lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row

DEFAULT_LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that this worker holds, as long as `fence` is the one in its lease."""

    id: int
    queue: str
    tenant: str
    subject: str | None
    payload: dict[str, Any]
    attempts: int
    """Attempts spent, this one included: charged at the claim."""
    max_attempts: int
    fence: int
    checkpoint: Any
    """The state of the last checkpoint as JSON data; None when the job starts from nothing."""


# The clock stands in a subselect because a volatile call cannot bound an index scan.
_CLAIM = """
with picked as materialized (
    select id from queue.job
     where queue = %(queue)s and fence is null and payload_version <= %(version)s
       and due_at <= (select clock_timestamp())
     order by priority, due_at, id
     limit %(limit)s
       for update skip locked
), charged as (
    update queue.job set fence = nextval('queue.fence'), attempts = attempts + 1
      from picked where job.id = picked.id
    returning job.*
), leased as (
    insert into queue.lease (job_id, fence, expires_at, started_at, done_at_claim, done)
    select charged.id, charged.fence, clock_timestamp() + %(lease)s, clock_timestamp(),
           coalesce(checkpoint.done, 0), coalesce(checkpoint.done, 0)
      from charged left join queue.checkpoint on checkpoint.job_id = charged.id
)
select charged.id, charged.queue, charged.tenant, charged.subject, charged.payload,
       charged.attempts, charged.max_attempts, charged.fence, checkpoint.state as checkpoint
  from charged left join queue.checkpoint on checkpoint.job_id = charged.id
 order by charged.priority, charged.due_at, charged.id
"""


def claim(
    conn: Connection,
    queue: str,
    *,
    limit: int = 1,
    lease: timedelta = DEFAULT_LEASE,
    version: int = 1,
) -> list[ClaimedJob]:
    """Claim up to `limit` due jobs, by priority, due time and id; each costs an attempt.

    Jobs whose payload is newer than `version` are left for a newer worker. Rows that another claim
    holds are passed over, so claims never wait for each other.
    """
    with conn.cursor(row_factory=class_row(ClaimedJob)) as cursor:
        cursor.execute(_CLAIM, {"queue": queue, "limit": limit, "lease": lease, "version": version})
        return cursor.fetchall()
