"""Put a job into the queue, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from psycopg import Connection

from shared.errors import PayloadTooLarge
from shared.queue.payload import Payload

MAX_PAYLOAD_BYTES = 256 * 1024
DEFAULT_MAX_ATTEMPTS = 5

# The key's row and the job take the same id from the sequence. When another job holds the key,
# `held` is empty and nothing is inserted; when another transaction is about to, this one waits.
_ENQUEUE = """
with held as (
    insert into queue.unique_key (queue, key, job_id)
    select %(queue)s, %(unique_key)s, nextval('queue.job_id_seq')
     where %(unique_key)s::text is not null
    on conflict do nothing
    returning job_id
)
insert into queue.job (id, queue, tenant, subject, unique_key, priority, payload, payload_version,
                       max_attempts, due_at)
overriding system value
select coalesce((select job_id from held), nextval('queue.job_id_seq')), %(queue)s, %(tenant)s,
       %(subject)s, %(unique_key)s, %(priority)s, %(payload)s, %(version)s,
       %(max_attempts)s, coalesce(%(run_at)s, clock_timestamp())
 where %(unique_key)s::text is null or exists (select from held)
returning id
"""

_HOLDER = "select job_id from queue.unique_key where queue = %(queue)s and key = %(unique_key)s"


def enqueue(
    conn: Connection,
    payload: Payload,
    *,
    tenant: str,
    subject: str | None = None,
    priority: int = 0,
    run_at: datetime | None = None,
    unique_key: str | None = None,
    max_attempts: int = DEFAULT_MAX_ATTEMPTS,
) -> int:
    """Return the job's id; the job exists when, and only when, the caller's transaction commits.

    `subject` is what the job is about (a record's id), so that it can be found from there. A lower
    `priority` goes first. With a `unique_key` whose job still waits or runs in this queue, no job
    is added and that one's id is returned; two callers with the same key wait for one another.
    Raises PayloadTooLarge over MAX_PAYLOAD_BYTES.
    """
    job = {
        "queue": payload.queue,
        "tenant": tenant,
        "subject": subject,
        "unique_key": unique_key,
        "priority": priority,
        "payload": _serialised(payload),
        "version": payload.version,
        "max_attempts": max_attempts,
        "run_at": run_at,
    }
    # A second round is for the job that held the key and ended between the two statements.
    while True:
        for statement in (_ENQUEUE, _HOLDER):
            row = conn.execute(statement, job).fetchone()
            if row is not None:
                return int(row[0])


def _serialised(payload: Payload) -> str:
    text = payload.model_dump_json()
    size = len(text.encode())
    if size > MAX_PAYLOAD_BYTES:
        raise PayloadTooLarge(
            f"The payload for {payload.queue} has {size} bytes and the limit is "
            f"{MAX_PAYLOAD_BYTES}: store it in the bucket and pass the object's name."
        )
    return text
