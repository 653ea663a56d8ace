"""Take waiting jobs out of a queue, under a lease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection
from psycopg.rows import RowFactory
from pydantic_core import from_json

from shared.queue._claim_capped import claim_capped
from shared.queue._claim_flat import claim_flat
from shared.queue._open_policy import open_policy
from shared.queue._plan import own_transaction
from shared.queue.held import Held
from shared.queue.policy import Policy
from shared.queue.promote import promote


# Not frozen: that would make each of the many jobs of a batch five times as dear to build.
@dataclass(slots=True)
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


def claim(
    conn: Connection,
    queue: str,
    *,
    limit: int = 1,
    version: int = 1,
    sweep: bool = False,
    most_cost: float | None = None,
) -> list[ClaimedJob]:
    """Claim up to `limit` due jobs in their fair order; each costs an attempt.

    Jobs whose payload is newer than `version` are left for a newer worker. Rows that another claim
    holds are passed over, so claims never wait for each other; only a queue with caps or a rate
    limit lets one claim in at a time. `sweep` lets in what was delayed and is due now, and looks
    below the low-water mark for jobs whose transaction committed late: do so about each second. A
    claim that comes short does both by itself.

    With a `most_cost`, jobs that cost more stay for a worker with more time. Queues with caps take
    no heed of it.
    """
    with own_transaction(conn):
        policy = open_policy(conn, queue)
        if policy is None:
            return []
        with conn.cursor(row_factory=claimed_under(policy)) as rows:
            if policy.capped:
                promote(conn, queue)
                return claim_capped(rows, policy, limit=limit, version=version)
            if sweep:
                promote(conn, queue)
            claimed = claim_flat(
                rows, policy, limit=limit, version=version, sweep=sweep, most_cost=most_cost
            )
            if len(claimed) < limit and not sweep:
                promote(conn, queue)
                rest = limit - len(claimed)
                claimed += claim_flat(
                    rows, policy, limit=rest, version=version, sweep=True, most_cost=most_cost
                )
            return claimed


def claimed_under(policy: Policy) -> RowFactory[ClaimedJob]:
    """Make jobs of the rows of a claim."""

    def of_row(row: Sequence[Any]) -> ClaimedJob:
        return ClaimedJob(*(*row[:6], from_json(row[6]), *row[7:], policy))

    return lambda _: of_row
