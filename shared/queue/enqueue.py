"""Put a job into the queue, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from psycopg import Connection

from shared.errors import DuplicateJob, PayloadTooLarge
from shared.queue._join_batch import join_batches
from shared.queue.payload import AnyPayload
from shared.queue.policy import declare
from shared.queue.tag import HEAD_START, UNIT

MAX_PAYLOAD_BYTES = 256 * 1024

UniqueWhile = Literal["unended", "waiting"] | timedelta
"""How long a key is held: until the job ends, until it is claimed, or so long from now."""

# The key's row and the job take the same id from the sequence. When another job holds the key,
# `held` is empty and nothing is inserted; when another transaction is about to, this one waits.
# A key whose time is over is taken over. One that is held is only looked at: the conflict's lock on
# it would keep its job from being claimed or ended as long as the caller's transaction is open.
#
# Only turns after the virtual time count, so that the search for the last one does not walk over
# the entries of jobs that are gone, which an old snapshot keeps in the index.
_ENQUEUE = """
with held as (
    insert into queue.unique_key as held (queue, key, job_id, until)
    select queue, %(unique_key)s, nextval('queue.job_id_seq'), clock_timestamp() + %(unique_for)s
      from queue.policy
     where queue = %(queue)s and %(unique_key)s::text is not null
       and not exists (select from queue.unique_key
                        where queue = %(queue)s and key = %(unique_key)s
                          and (until is null or until > clock_timestamp()))
    on conflict (queue, key) do update
       set job_id = excluded.job_id, until = excluded.until
     where held.until <= clock_timestamp()
    returning job_id
)
insert into queue.job (id, queue, tenant, subject, batch_id, unique_key, frees_key, priority, cost,
                       payload, payload_version, trace, max_attempts, due_at, turn, tag)
overriding system value
select coalesce((select job_id from held), nextval('queue.job_id_seq')), policy.queue, %(tenant)s,
       %(subject)s, %(batch_id)s, %(unique_key)s, %(frees_key)s, %(priority)s, %(cost)s,
       %(payload)s, %(version)s, %(trace)s, coalesce(%(max_attempts)s, policy.max_attempts),
       coalesce(%(run_at)s, clock_timestamp()), line.turn,
       greatest(line.turn + %(priority)s * %(head_start)s::bigint, line.clock)
  from queue.policy left join lateral (
           select clock, greatest(clock, last) + step as turn
             from (select clock,
                          (select turn from queue.job
                            where queue = %(queue)s and tenant = %(tenant)s and turn > clock
                              and fence is null and tag is not null
                            order by queue desc, tenant desc, turn desc limit 1) as last,
                          (%(cost)s * %(unit)s / coalesce(
                              (select weight from queue.weight where tenant = %(tenant)s), 1)
                          )::bigint as step
                     from (select coalesce(pg_sequence_last_value(policy.clock), 0)
                           offset 0) now (clock)) found
       ) line on %(run_at)s::timestamptz is null or %(run_at)s <= clock_timestamp()
 where policy.queue = %(queue)s
   and (%(unique_key)s::text is null or exists (select from held))
returning id
"""

_HOLDER = "select job_id from queue.unique_key where queue = %(queue)s and key = %(unique_key)s"


def enqueue(
    conn: Connection,
    payload: AnyPayload,
    *,
    tenant: str,
    subject: str | None = None,
    priority: int = 0,
    cost: float = 1.0,
    run_at: datetime | None = None,
    unique_key: str | None = None,
    unique_while: UniqueWhile = "unended",
    refuse_duplicate: bool = False,
    max_attempts: int | None = None,
    batch_id: int | None = None,
    trace: str | None = None,
) -> int:
    """Return the job's id; the job exists when, and only when, the caller's transaction commits.

    `subject` is what the job is about (a record's id), so that it can be found from there. `cost`
    is its share of the tenant's turn, and what durations are measured by: MB of input, say. A
    negative `priority` is a head start of HEAD_START each, a positive one a handicap.

    With a `unique_key` that is held, no job is added: the holder's id is returned or, with
    `refuse_duplicate`, DuplicateJob raised. Two callers with one key wait for one another; whoever
    takes several keys in a transaction should sort them. With a `batch_id` the job joins a batch
    that has not ended. Raises PayloadTooLarge, BatchEnded.
    """
    job = {
        "queue": payload.queue,
        "tenant": tenant,
        "subject": subject,
        "batch_id": batch_id,
        "unique_key": unique_key,
        "unique_for": unique_while if isinstance(unique_while, timedelta) else None,
        "frees_key": unique_while == "waiting",
        "priority": priority,
        "head_start": HEAD_START,
        "cost": cost,
        "unit": UNIT,
        "payload": serialised(payload),
        "version": payload.version,
        "trace": trace,
        "max_attempts": max_attempts,
        "run_at": run_at,
    }
    while True:
        inserted = conn.execute(_ENQUEUE, job).fetchone()
        if inserted is not None:
            join_batches(conn, [] if batch_id is None else [batch_id])
            return int(inserted[0])
        holder = conn.execute(_HOLDER, job).fetchone()
        if holder is None:
            # The queue is new, or the job that held the key has ended since: try again.
            declare(conn, payload.queue)
        elif refuse_duplicate:
            raise DuplicateJob(int(holder[0]), str(unique_key))
        else:
            return int(holder[0])


def serialised(payload: AnyPayload) -> str:
    """Return the payload as JSON; raises PayloadTooLarge over MAX_PAYLOAD_BYTES."""
    text = payload.model_dump_json()
    size = len(text) if text.isascii() else len(text.encode())
    if size > MAX_PAYLOAD_BYTES:
        raise PayloadTooLarge(
            f"The payload for {payload.queue} has {size} bytes and the limit is "
            f"{MAX_PAYLOAD_BYTES}: store it in the bucket and pass the object's name."
        )
    return text
