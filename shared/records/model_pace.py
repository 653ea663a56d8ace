"""When a tenant's last calls of language models began: what the rate is kept by, job after job."""

from __future__ import annotations

import time
from collections.abc import Sequence

from psycopg import Connection

_TELL = """
insert into records.model_pace (tenant, queue, begun, in_flight)
select tenant, %(queue)s, %(begun)s::float8[], %(in_flight)s
  from records.model_grant where job_id = %(job_id)s limit 1
on conflict (tenant, queue)
   do update set begun = excluded.begun, in_flight = excluded.in_flight
"""
_BEGUN = "select begun, in_flight from records.model_pace where tenant = %s and queue = %s"


def tell(
    conn: Connection, job_id: int, queue: str, *, begun: Sequence[float], in_flight: int
) -> None:
    """Write when the job's calls of the last minute began, in seconds since the epoch.

    `in_flight` are calls whose answers are not counted yet.
    """
    parameters = {"job_id": job_id, "queue": queue, "begun": list(begun), "in_flight": in_flight}
    conn.execute(_TELL, parameters)


def begun(conn: Connection, tenant: str, queue: str) -> list[float]:
    """Return when the tenant's last calls of a kind began.

    A job that was killed may have begun as many after it last told as were in flight then: they
    count as if they had begun now.
    """
    row = conn.execute(_BEGUN, [tenant, queue]).fetchone()
    return [] if row is None else [*row[0], *([time.time()] * row[1])]
