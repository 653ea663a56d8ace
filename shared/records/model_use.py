"""What language models may cost a tenant, and what they have cost.

A child has no database, so nobody can ask it at each call. What a job may use is booked when it is
enqueued, and the child keeps to that. What an ended job has left over is free again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from shared.errors import Conflict

KINDS = 2
"""Kinds that call models. Each may run one job of a tenant at a time and gets its share."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a job may use; None: as much as it needs."""

    tokens: int | None
    calls_per_minute: int | None


class Spent(Protocol):
    """What is to be added: the worker's own account of it."""

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float


@dataclass(frozen=True, slots=True)
class Use:
    """What jobs have used; `cost` is in the currency of LLM_PRICE_IN and LLM_PRICE_OUT."""

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float


# Two that enqueue at once must not grant the same tokens.
_LOCK = "select pg_advisory_xact_lock(hashtextextended('model_grant ' || %s, 0))"

_LIMIT = """
select calls_per_minute, tokens_per_month from records.model_limit
 where tenant in (%(tenant)s, '*') order by tenant = '*' limit 1
"""

_GRANTED = """
select job_id, tokens, tokens_in + tokens_out from records.model_grant
 where tenant = %(tenant)s and month = date_trunc('month', now())::date
"""


def allow(conn: Connection, tenant: str, *, ended: Callable[[int], bool]) -> Allowance:
    """Return what a job that is about to be enqueued may use; `book` it with its id.

    `ended` says whether a job has ended. Raises Conflict when nothing is left this month.
    """
    conn.execute(_LOCK, [tenant])
    limit = conn.execute(_LIMIT, {"tenant": tenant}).fetchone()
    calls, tokens = limit or (None, None)
    if calls is not None:
        calls = max(1, calls // KINDS)
    if tokens is None:
        return Allowance(None, calls)
    for job_id, granted, used in conn.execute(_GRANTED, {"tenant": tenant}).fetchall():
        tokens -= used if granted is None or ended(job_id) else max(granted, used)
    if tokens <= 0:
        raise Conflict(
            "This month's tokens for language models are used up or granted to tasks that still "
            "run."
        )
    return Allowance(tokens, calls)


_BOOK = """
insert into records.model_grant (job_id, record_id, tenant, month, tokens)
values (%s, %s, %s, date_trunc('month', now())::date, %s)
"""


def book(conn: Connection, job_id: int, record_id: UUID, tenant: str, allowance: Allowance) -> None:
    """Write down what a job was allowed, in the transaction that enqueues it."""
    conn.execute(_BOOK, [job_id, record_id, tenant, allowance.tokens])


_SPEND = """
update records.model_grant
   set calls = calls + %(calls)s, cached = cached + %(cached)s,
       tokens_in = tokens_in + %(tokens_in)s, tokens_out = tokens_out + %(tokens_out)s,
       cost = cost + %(cost)s
 where record_id = %(record_id)s
   and job_id = (select max(job_id) from records.model_grant where record_id = %(record_id)s)
"""


def spend(conn: Connection, record_id: UUID, use: Spent) -> None:
    """Add what the record's newest job has used, in the transaction that keeps what came of it."""
    conn.execute(
        _SPEND,
        {
            "record_id": record_id,
            "calls": use.calls,
            "cached": use.cached,
            "tokens_in": use.tokens_in,
            "tokens_out": use.tokens_out,
            "cost": use.cost,
        },
    )


_OF_RECORD = """
select coalesce(sum(calls), 0)::bigint as calls, coalesce(sum(cached), 0)::bigint as cached,
       coalesce(sum(tokens_in), 0)::bigint as tokens_in,
       coalesce(sum(tokens_out), 0)::bigint as tokens_out,
       coalesce(sum(cost), 0)::float8 as cost
  from records.model_grant where record_id = %s
"""


def use_of(conn: Connection, record_id: UUID) -> Use:
    """Return what all jobs of a record have used."""
    with conn.cursor(row_factory=class_row(Use)) as cursor:
        found = cursor.execute(_OF_RECORD, [record_id]).fetchone()
    assert found is not None  # noqa: S101 - an aggregate is always one row
    return found
