"""The state of the real queue and of the model, in one form that can be compared."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.postgres.jobs import QUEUE, ShearSheep
from tests.postgres.model.queue_model import Job, QueueModel

# Deleting from tables that hold a handful of rows is far quicker than a new database.
EMPTY = """
create table if not exists ledger (job_id bigint);
delete from ledger; delete from queue.job; delete from queue.lease; delete from queue.checkpoint;
delete from queue.unique_key; delete from queue.rate; delete from queue.ended;
delete from queue.batch; delete from queue.weight; delete from queue.policy;
alter sequence queue.batch_id_seq restart;
"""

_ONE_LOOK = f"""
select jsonb_build_object(
    'job', (select jsonb_object_agg(id, jsonb_build_array(turn, tag, fence, attempts, batch_id,
                                                          unique_key))
              from queue.job where queue = '{QUEUE}'),
    'lease', (select jsonb_object_agg(job_id, jsonb_build_array(fence, cancel_requested,
                                                                done_at_claim))
                from queue.lease),
    'checkpoint', (select jsonb_object_agg(job_id, done) from queue.checkpoint),
    'ended', (select jsonb_object_agg(id, jsonb_build_array(outcome, attempts)) from queue.ended),
    'key', (select jsonb_object_agg(key, job_id) from queue.unique_key),
    'batch', (select jsonb_object_agg(id, jsonb_build_array(pending, failed, ended_at is not null))
                from queue.batch),
    'continuations', (select count(*) from queue.job where queue = '{ShearSheep.queue}'),
    'ledger', (select jsonb_object_agg(job_id, rows)
                 from (select job_id, count(*) as rows from ledger group by job_id) counted),
    'clock', (select coalesce(pg_sequence_last_value(clock), 0)
                from queue.policy where queue = '{QUEUE}'))
"""


def real(conn: psycopg.Connection) -> dict[str, Any]:
    """Return what is committed."""
    row = conn.execute(_ONE_LOOK).fetchone()
    assert row is not None
    found: dict[str, Any] = row[0]
    return {name: {} if value is None else value for name, value in found.items()}


def expected(model: QueueModel) -> dict[str, Any]:
    """Return what ought to be."""
    hot = [job for job in model.jobs.values() if job.state in ("waiting", "delayed", "running")]
    running = model.in_state("running")
    ended = [job for job in model.jobs.values() if job not in hot and job.state != "purged"]
    return {
        "job": {str(job.id): _row(job) for job in hot},
        "lease": {str(job.id): [job.fence, job.cancel, job.done_at_claim] for job in running},
        "checkpoint": {str(job.id): job.done for job in hot if job.done is not None},
        "ended": {str(job.id): [job.state, job.attempts] for job in ended},
        "key": {key: holder for key, (holder, _) in model.keys.items()},
        "batch": {
            str(name): [batch.pending, batch.failed, batch.ended]
            for name, batch in model.batches.items()
        },
        "continuations": model.continuations,
        "ledger": {str(job_id): 1 for job_id in model.completed},
        "clock": model.clock,
    }


def _row(job: Job) -> list[object]:
    return [job.turn, job.tag, job.fence, job.attempts, job.batch, job.key]
