"""The claim of a queue without limits: the first waiting rows of an index, whatever its depth."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from shared.queue.policy import Policy
from shared.queue.tag import LAG, URGENT_STEP

MOVE_THE_CLOCK = """
    select setval(%(clock)s::regclass,
                  greatest(max(tag), coalesce(pg_sequence_last_value(%(clock)s::regclass), 0)
                                     + count(*) filter (where priority < 0) * %(urgent_step)s))
      from charged having max(tag) is not null
"""

# The scan begins at the low-water mark: below it are the index entries of jobs that are gone, which
# stay as long as anybody's old snapshot might see them. The mark is the virtual time, which the
# claim itself moves on. It is only a hint: a rolled-back claim or a race sets it too high or back.
# Urgent jobs stand at the virtual time, so they move it on by a step: a stream of them would stop
# it, and nobody else would ever be reached.
#
# A row that is locked stays in its place, so its place leads back to it without another search; one
# that moved just before the lock is left for the next claim.
CLAIM_PICKED = (
    """
), charged as (
    update queue.job set fence = nextval('queue.fence'), attempts = attempts + 1
      from picked where job.ctid = picked.place
    returning job.*
), resumed as (
    select charged.id, charged.fence, charged.queue, charged.tenant, charged.subject,
           charged.batch_id, charged.payload::text, charged.trace, charged.cost, charged.attempts,
           charged.max_attempts, charged.tag, checkpoint.state, coalesce(checkpoint.done, 0) as done
      from charged
           left join queue.checkpoint on checkpoint.job_id = any(array[charged.id])
), leased as (
    insert into queue.lease (job_id, fence, queue, tenant, expires_at, started_at, done_at_claim,
                             done)
    select id, fence, queue, tenant, clock_timestamp() + %(lease)s, clock_timestamp(), done, done
      from resumed
), freed as (
    delete from queue.unique_key using charged
     where charged.frees_key and unique_key.job_id = charged.id
       and unique_key.queue = any(array[charged.queue])
       and unique_key.key = any(array[charged.unique_key])
), moved as (
"""
    + MOVE_THE_CLOCK
    + """
)
select id, fence, queue, tenant, subject, batch_id, payload, trace, cost, attempts, max_attempts,
       state
  from resumed cross join moved
 order by tag, id
"""
)

PICK_FLAT = """
with picked as materialized (
    select ctid as place from queue.job
     where queue = %(queue)s and fence is null and payload_version <= %(version)s
       and tag >= (select coalesce(pg_sequence_last_value(%(clock)s::regclass), 0) - %(lag)s)
     order by queue, tag, id
     limit %(limit)s
       for update skip locked
"""

_CLAIM_FLAT = PICK_FLAT + CLAIM_PICKED

# Only the first ones are looked at: a claim must not walk a whole queue of what does not fit.
_CLAIM_FITTING = (
    """
with first as materialized (
    select ctid as place, tag, id, cost from queue.job
     where queue = %(queue)s and fence is null and payload_version <= %(version)s
       and tag >= (select coalesce(pg_sequence_last_value(%(clock)s::regclass), 0) - %(lag)s)
     order by queue, tag, id
     limit %(looked_at)s
), picked as materialized (
    select job.ctid as place from first join queue.job on job.ctid = first.place
     where job.fence is null and first.cost <= %(most_cost)s
     order by first.tag, first.id
     limit %(limit)s
       for update of job skip locked
"""
    + CLAIM_PICKED
)
_LOOKED_AT = 200

_CLAIM_CHOSEN = (
    """
with picked as materialized (
    select ctid as place from queue.job where id = %(id)s
"""
    + CLAIM_PICKED
)

_FROM_THE_START = 1 << 62


def lag(*, sweep: bool) -> int:
    """Return how far below the mark the scan begins."""
    return _FROM_THE_START if sweep else LAG


def claim_flat(
    rows: Cursor[Any],
    policy: Policy,
    *,
    limit: int,
    version: int,
    sweep: bool,
    most_cost: float | None = None,
) -> list[Any]:
    """Claim from the mark on or, to `sweep`, from the start.

    With a `most_cost`, only what costs no more, of the first ones in the line.
    """
    parameters = {
        "queue": policy.queue,
        "clock": policy.clock,
        "lease": policy.lease,
        "limit": limit,
        "version": version,
        "lag": lag(sweep=sweep),
        "urgent_step": URGENT_STEP,
    }
    if most_cost is None:
        return rows.execute(_CLAIM_FLAT, parameters).fetchall()
    fitting = {"looked_at": _LOOKED_AT, "most_cost": most_cost}
    return rows.execute(_CLAIM_FITTING, parameters | fitting).fetchall()


def claim_chosen(rows: Cursor[Any], policy: Policy, job_id: int) -> list[Any]:
    """Claim a job that this transaction has locked and given a tag."""
    parameters = {
        "id": job_id,
        "clock": policy.clock,
        "lease": policy.lease,
        "urgent_step": URGENT_STEP,
    }
    return rows.execute(_CLAIM_CHOSEN, parameters).fetchall()
