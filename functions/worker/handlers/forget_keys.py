"""Idempotency keys are kept for a day; then they go."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.regularly import Regularly
from shared.jobs.forget_keys import ForgetKeys
from shared.records import idempotency_keys

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = ForgetKeys
SCHEDULE = Regularly("maintain-idempotency-keys", "27 * * * *", Payload())


def work(conn: Connection, _payload: ForgetKeys) -> None:
    """Delete what is too old; a request that renews such a key at this moment keeps it."""
    idempotency_keys.forget_old(conn)
