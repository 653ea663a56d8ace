"""Keep what a running job has done, so that the next attempt need not do it again."""

from __future__ import annotations

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.errors import LeaseLost
from shared.queue.held import Held

# Locks the lease's row: a takeover cannot slip in between the check and the write.
_CHECKPOINT = """
with held as (
    select job_id from queue.lease where job_id = %(job_id)s and fence = %(fence)s for update
)
insert into queue.checkpoint (job_id, state, done)
select job_id, %(state)s, %(done)s from held
on conflict (job_id) do update set state = excluded.state, done = excluded.done
returning job_id
"""


def checkpoint(conn: Connection, job: Held, state: object, *, done: int) -> None:
    """Replace the job's checkpoint by `state` (JSON data). Raises LeaseLost.

    `done` counts finished units over all attempts; a release refunds the attempt that raised it.
    """
    parameters = {"job_id": job.id, "fence": job.fence, "state": Jsonb(state), "done": done}
    if conn.execute(_CHECKPOINT, parameters).fetchone() is None:
        raise LeaseLost(job.id, job.fence)
