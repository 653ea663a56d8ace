"""Why a job that is not to be cancelled was not found."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import CancelRequested, LeaseLost
from shared.queue.held import Held

_STILL_HELD = "select from queue.lease where job_id = %s and fence = %s"


def refusal(conn: Connection, job: Held) -> CancelRequested | LeaseLost:
    """Return what to raise: the lease is held but somebody has cancelled the job, or it is gone."""
    if conn.execute(_STILL_HELD, [job.id, job.fence]).fetchone() is not None:
        return CancelRequested(f"Job {job.id} was cancelled.")
    return LeaseLost(job.id, job.fence)
