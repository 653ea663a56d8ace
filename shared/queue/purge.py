"""Forget all that the queue knows of a subject."""

from __future__ import annotations

from psycopg import Connection

from shared.queue._end import end

_WAITING = "select id from queue.job where subject = %s and fence is null for update"

# What a running job holds in memory is enough to stop it; its row keeps nothing of the subject's.
# The lease is locked before the job, as everywhere, so that purge and completion cannot deadlock.
_RUNNING = """
with asked as (
    update queue.lease set cancel_requested = true from queue.job
     where lease.job_id = any(array[job.id]) and job.subject = %s
    returning job_id
)
update queue.job set payload = '{}', errors = '[]' from asked
 where job.id = any(array[asked.job_id])
"""

# By id, as whoever counts their jobs locks them.
_BATCHES = """
with mine as materialized (select id from queue.batch where subject = %s order by id for update)
delete from queue.batch using mine where batch.id = mine.id
"""

_ENDED = "delete from queue.ended where subject = %s"


def purge(conn: Connection, subject: str) -> None:
    """Delete the subject's jobs, payloads and errors, in history too; cancel what still runs.

    Its batches go as well, and nothing follows them. Call it in a transaction.
    """
    _end_waiting(conn, subject)
    conn.execute(_BATCHES, [subject])
    # A batch that has just ended may have enqueued what was to follow it.
    _end_waiting(conn, subject)
    conn.execute(_RUNNING, [subject])
    conn.execute(_ENDED, [subject])


def _end_waiting(conn: Connection, subject: str) -> None:
    waiting = [(row[0], None) for row in conn.execute(_WAITING, [subject])]
    if waiting:
        end(conn, waiting, "cancelled")
