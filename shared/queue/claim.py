"""Take waiting jobs out of a queue, under a lease."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, kwargs_row

from shared.queue._claim_capped import claim_capped
from shared.queue._claim_flat import claim_flat
from shared.queue._plan import own_transaction
from shared.queue.held import Held
from shared.queue.policy import Policy
from shared.queue.promote import promote


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedJob(Held):
    """A job that this worker holds, as long as `fence` is the one in its lease."""

    queue: str
    tenant: str
    subject: str | None
    batch_id: int | None
    payload: dict[str, Any]
    trace: str | None
    cost: float
    attempts: int
    """Attempts spent, this one included: charged at the claim."""
    max_attempts: int
    checkpoint: Any
    """The state of the last checkpoint as JSON data; None when the job starts from nothing."""
    policy: Policy


# The planner must not sort all waiting rows or read the whole table, as it would on a fresh
# connection after a bulk load, when it has no statistics. The setting ends with the transaction.
_PREPARE = """
select policy.*
  from queue.policy, set_config('enable_sort', 'off', true) as sorts,
       set_config('enable_seqscan', 'off', true) as scans
 where policy.queue = %s
"""


def claim(
    conn: Connection, queue: str, *, limit: int = 1, version: int = 1, sweep: bool = False
) -> list[ClaimedJob]:
    """Claim up to `limit` due jobs in their fair order; each costs an attempt.

    Jobs whose payload is newer than `version` are left for a newer worker. Rows that another claim
    holds are passed over, so claims never wait for each other; only a queue with caps or a rate
    limit lets one claim in at a time. `sweep` lets in what was delayed and is due now, and looks below
    the low-water mark for jobs whose transaction committed late: do so about each second. A claim
    that comes short does both by itself.
    """
    with own_transaction(conn):
        with conn.cursor(row_factory=class_row(Policy)) as cursor:
            policy = cursor.execute(_PREPARE, [queue]).fetchone()
        if policy is None or policy.paused:
            return []
        with conn.cursor(row_factory=kwargs_row(_claimed_under(policy))) as rows:
            if policy.capped:
                promote(conn, queue)
                return claim_capped(rows, policy, limit=limit, version=version)
            if sweep:
                promote(conn, queue)
            claimed = claim_flat(rows, policy, limit=limit, version=version, sweep=sweep)
            if len(claimed) < limit and not sweep:
                promote(conn, queue)
                rest = limit - len(claimed)
                claimed += claim_flat(rows, policy, limit=rest, version=version, sweep=True)
            return claimed


def _claimed_under(policy: Policy) -> Any:  # noqa: ANN401 - a constructor
    def make(**row: Any) -> ClaimedJob:  # noqa: ANN401
        return ClaimedJob(policy=policy, **row)

    return make
