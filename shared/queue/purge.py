"""Forget all that the queue knows of a subject."""

from __future__ import annotations

from psycopg import Connection

_WAITING = """
with gone as (
    delete from queue.job where subject = %(subject)s and fence is null returning *
), checkpoint as (
    delete from queue.checkpoint using gone where checkpoint.job_id = gone.id
)
delete from queue.unique_key using gone
 where unique_key.queue = gone.queue and unique_key.key = gone.unique_key
"""

# What a running job holds in memory is enough to stop it; its row keeps nothing of the subject's.
# The lease is locked before the job, as everywhere, so that purge and completion cannot deadlock.
_RUNNING = """
with asked as (
    update queue.lease set cancel_requested = true from queue.job
     where job.id = lease.job_id and job.subject = %(subject)s
    returning job_id
)
update queue.job set payload = '{}', errors = '[]' from asked where job.id = asked.job_id
"""

_ENDED = "delete from queue.ended where subject = %(subject)s"


def purge(conn: Connection, subject: str) -> None:
    """Delete the subject's jobs, payloads and errors, in history too; cancel what still runs."""
    for statement in (_WAITING, _RUNNING, _ENDED):
        conn.execute(statement, {"subject": subject})
