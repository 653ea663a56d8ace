"""The claim of a queue with limits: one at a time, so that the limits are never exceeded."""

from __future__ import annotations

import math
from typing import Any

from psycopg import Connection, Cursor

from shared.queue._claim_flat import CLAIM_PICKED, claim_flat
from shared.queue.policy import Policy
from shared.queue.tag import URGENT_STEP

# The heads of many tenants are joined by hash.
_LOCK = """
select pg_advisory_xact_lock(hashtextextended('queue.claim ' || %(queue)s, 0)),
       set_config('enable_hashjoin', 'on', true)
"""

# What has dripped into the bucket since it was last used, up to its brim.
_TOKENS = """
select least(%(rate)s, tokens + %(rate)s * extract(epoch from clock_timestamp() - filled_at)
                                         / extract(epoch from %(period)s::interval))
  from queue.rate where queue = %(queue)s
"""

_KEEP_TOKENS = """
insert into queue.rate (queue, tokens, filled_at) values (%(queue)s, %(tokens)s, clock_timestamp())
on conflict (queue) do update set tokens = excluded.tokens, filled_at = excluded.filled_at
"""

_RUNNING = "select count(*) from queue.lease where queue = %(queue)s"

# Goes from tenant to tenant in the index, so that the million rows of a tenant at its cap are
# passed over in one step, and takes from each what its cap has left. A tenant's own jobs go in the
# order of their turns here; their priority counts against other tenants' jobs.
_CLAIM_BY_TENANT = (
    """
with recursive tenant as (
    (select tenant from queue.job
      where queue = %(queue)s and fence is null and tag is not null
      order by queue, tenant limit 1)
    union all
    select (select job.tenant from queue.job
             where queue = %(queue)s and fence is null and tag is not null
               and job.tenant > tenant.tenant
             order by queue, job.tenant limit 1)
      from tenant where tenant.tenant is not null
), running as (
    select tenant, count(*) as jobs from queue.lease where queue = %(queue)s group by tenant
), allowed as (
    select tenant.tenant,
           least(%(limit)s, %(per_tenant)s - coalesce(running.jobs, 0)) as room
      from tenant left join running on running.tenant = tenant.tenant
     where tenant.tenant is not null
       and coalesce(running.jobs, 0) < %(per_tenant)s
), candidate as (
    select head.id, head.tag from allowed cross join lateral (
        select id, tag from queue.job
         where queue = %(queue)s and tenant = allowed.tenant and fence is null
           and tag is not null and payload_version <= %(version)s
         order by queue, tenant, turn
         limit allowed.room
    ) head
     order by head.tag, head.id
     limit %(limit)s
), picked as materialized (
    select job.ctid as place from candidate
           join queue.job on job.id = any(array[candidate.id])
     where job.fence is null
       for update of job skip locked
"""
    + CLAIM_PICKED
)

_UNLIMITED = 1 << 31


def claim_capped(rows: Cursor[Any], policy: Policy, *, limit: int, version: int) -> list[Any]:
    """Claim as many as the caps and the rate leave room for."""
    parameters: dict[str, Any] = {
        "queue": policy.queue,
        "clock": policy.clock,
        "lease": policy.lease,
        "version": version,
        "per_tenant": policy.max_running_per_tenant,
        "rate": policy.rate,
        "period": policy.rate_period,
        "urgent_step": URGENT_STEP,
    }
    conn = rows.connection
    conn.execute(_LOCK, parameters)
    tokens = _tokens(conn, parameters)
    room = min(limit, _room(conn, policy), limit if tokens is None else math.floor(tokens))
    if room <= 0:
        return []
    if policy.max_running_per_tenant is None:
        claimed = claim_flat(rows, policy, limit=room, version=version, sweep=True)
    else:
        claimed = rows.execute(_CLAIM_BY_TENANT, {**parameters, "limit": room}).fetchall()
    if tokens is not None:
        conn.execute(_KEEP_TOKENS, {**parameters, "tokens": tokens - len(claimed)})
    return claimed


def _tokens(conn: Connection, parameters: dict[str, Any]) -> float | None:
    """Return how many jobs the rate lets start now, None without a rate; a new bucket is full."""
    if parameters["rate"] is None:
        return None
    row = conn.execute(_TOKENS, parameters).fetchone()
    return float(row[0] if row else parameters["rate"])


def _room(conn: Connection, policy: Policy) -> int:
    if policy.max_running is None:
        return _UNLIMITED
    row = conn.execute(_RUNNING, {"queue": policy.queue}).fetchone()
    return policy.max_running - int(row[0] if row else 0)
