"""The long lane: jobs that no drain is long enough for wait for a worker without a budget."""

from __future__ import annotations

from psycopg import Connection

from shared.queue._claim_flat import claim_chosen
from shared.queue._open_policy import open_policy
from shared.queue._plan import own_transaction
from shared.queue._refusal import refusal
from shared.queue.claim import ClaimedJob, claimed_under
from shared.queue.held import Held

_SET_ASIDE = """
with lease as (
    delete from queue.lease
     where job_id = %(job_id)s and fence = %(fence)s and not cancel_requested
    returning started_at
)
update queue.job
   set lane = 'long', fence = null, tag = null, attempts = attempts - 1,
       worked = worked + (clock_timestamp() - lease.started_at), due_at = clock_timestamp()
  from lease
 where job.id = %(job_id)s
returning job.id
"""

# The claim of what was chosen here asks for a tag, by which it moves the virtual time: not at all.
_CHOOSE = """
update queue.job
   set tag = (select coalesce(pg_sequence_last_value(clock), 0)
                from queue.policy where policy.queue = job.queue)
 where id = (select id from queue.job
              where queue = %(queue)s and lane is not null and fence is null
                and due_at <= (select clock_timestamp()) and payload_version <= %(version)s
              order by queue, id
              limit 1
                for update skip locked)
returning id
"""

_IN_LANE = "select lane is not null from queue.job where id = %s"


def set_aside(conn: Connection, job: Held) -> None:
    """Give up the lease and let the job wait in the long lane; its attempt is refunded.

    Raises LeaseLost, CancelRequested.
    """
    fenced = {"job_id": job.id, "fence": job.fence}
    if conn.execute(_SET_ASIDE, fenced).fetchone() is None:
        raise refusal(conn, job)


def claim_long(conn: Connection, queue: str, *, version: int = 1) -> list[ClaimedJob]:
    """Claim the next job of the queue's long lane, if there is one; it costs an attempt."""
    with own_transaction(conn):
        policy = open_policy(conn, queue)
        if policy is None:
            return []
        chosen = conn.execute(_CHOOSE, {"queue": queue, "version": version}).fetchone()
        if chosen is None:
            return []
        with conn.cursor(row_factory=claimed_under(policy)) as rows:
            return claim_chosen(rows, policy, chosen[0])


def in_long_lane(conn: Connection, job_id: int) -> bool:
    """Say whether a job waits there."""
    row = conn.execute(_IN_LANE, [job_id]).fetchone()
    return row is not None and bool(row[0])
