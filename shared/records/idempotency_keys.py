"""Answers given to requests with an Idempotency-Key, so that a repetition starts nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What the first request with the key started; `request_hash` tells whether it is the same."""

    request_hash: str
    record_id: UUID
    job_id: int


_FIND = """
select request_hash, record_id, job_id from records.idempotency_key
 where owner = %(owner)s and key = %(key)s and created_at > now() - %(kept_for)s
"""


def find(conn: Connection, owner: str, key: str) -> GivenAnswer | None:
    """Return the answer given under the key within KEPT_FOR."""
    with conn.cursor(row_factory=class_row(GivenAnswer)) as cursor:
        parameters = {"owner": owner, "key": key, "kept_for": KEPT_FOR}
        return cursor.execute(_FIND, parameters).fetchone()


# Waits for a racing transaction with the same key; an answer that is too old is overwritten.
_KEEP = """
insert into records.idempotency_key as kept (owner, key, request_hash, record_id, job_id)
values (%(owner)s, %(key)s, %(request_hash)s, %(record_id)s, %(job_id)s)
on conflict (owner, key) do update
   set request_hash = excluded.request_hash, record_id = excluded.record_id,
       job_id = excluded.job_id, created_at = now()
 where kept.created_at <= now() - %(kept_for)s
returning key
"""


def keep(conn: Connection, owner: str, key: str, answer: GivenAnswer) -> bool:
    """Keep the answer; False when somebody else was first: roll back and answer as they did."""
    parameters = {
        "owner": owner,
        "key": key,
        "kept_for": KEPT_FOR,
        "request_hash": answer.request_hash,
        "record_id": answer.record_id,
        "job_id": answer.job_id,
    }
    return conn.execute(_KEEP, parameters).fetchone() is not None


def forget(conn: Connection, *record_ids: UUID) -> None:
    """Delete the keys that led to the records; a repetition then starts anew."""
    conn.execute(
        "delete from records.idempotency_key where record_id = any(%s)", [list(record_ids)]
    )


def forget_old(conn: Connection) -> None:
    """Delete the keys that are older than KEPT_FOR."""
    conn.execute("delete from records.idempotency_key where created_at <= now() - %s", [KEPT_FOR])
